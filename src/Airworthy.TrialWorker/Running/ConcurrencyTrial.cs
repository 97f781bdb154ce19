using Airworthy.Trials.Running;
using Airworthy.TrialWorker.Making;
using Airworthy.TrialWorker.Schedules;

namespace Airworthy.TrialWorker.Running;

/// <summary>
/// Two or three threads that call members of a shared type, under schedules that are chosen: what they give and leave must be what some order of the calls gives, and they must come back.
/// </summary>
internal sealed class ConcurrencyTrial : ITrialKind
{
    /// <summary>Schedules of one unit at most.</summary>
    private const int MostSchedules = 10_000;

    /// <summary>Most races show under one preemption, once the scenario is the right one: many scenarios get a few schedules first, and more of them later.</summary>
    private const int FewScenarios = 40;
    private const int FewOfScenario = 50;
    private const int MostOfScenario = 250;
    private const int MostOfSimpler = 150;
    private const int MostVain = 200;

    private readonly Dictionary<bool, ScheduledCode> _code = [];

    public string Name => "concurrency";

    public bool Takes(UnderTrial unit) => unit.Unit.Shared is not null;

    public UnitResult Run(UnderTrial unit, UnitTrial trial)
    {
        var plan = trial.Job.Plan;
        if (plan.Scheduled is not { } files)
        {
            throw new NotMakeableException("it could not be compiled with the steps of a schedule");
        }

        var isNew = unit.Base is null || files.BaseAssembly is null;
        if (!_code.TryGetValue(isNew, out var code))
        {
            _code[isNew] = code = new ScheduledCode(new TypeSides(isNew ? null : files.BaseAssembly, files.HeadAssembly));
        }

        var scheduled = UnderTrial.Of(unit.Index, isNew ? unit.Unit with { BaseId = null } : unit.Unit, code.Sides);
        var space = ScenarioSpace.Of(scheduled, code.Sides);
        var patience = TimeSpan.FromSeconds(trial.Job.PatienceSeconds / 3);
        var run = new ScenarioRun(space, Side.Head, new StaticState(space.Owner), patience);
        var text = new ViolationText(run, space, code.Head);
        var codec = new ScenarioCodec(space, unit.Unit.HeadId);
        return trial.Job.Schedule is { } word ? Again(word) : Look();

        UnitResult Look()
        {
            var chance = trial.Chance(5);
            var search = new ScheduleSearch(run, chance, MayRun);
            Violation? found = null;
            for (var turn = 0; found is null && search.Schedules < MostSchedules && (search.Schedules > 0 || turn < MostVain) && trial.MayDraw() && !run.IsStuck; turn++)
            {
                trial.Journal.Begin(unit.Index, 0);
                found = search.Find(space.Draw(chance, turn), (int)Math.Min(turn < FewScenarios ? FewOfScenario : MostOfScenario, MostSchedules - search.Schedules));
            }

            var schedules = search.Schedules;
            if (found is null)
            {
                var reason = run.IsStuck ? "it waits or loops where no schedule can reach" : schedules == 0 ? "no calls of several threads could be made that come back one after the other" : null;
                return Result(reason is null ? TrialStatus.Same : TrialStatus.Untestable, reason is null ? schedules : 0, search, reason);
            }

            found = Simplest(search, found);
            var difference = Tell(found) with { Times = 1, IsAtBase = IsAtBase(found, chance) };
            return Result(difference.IsAtBase ? TrialStatus.Same : TrialStatus.Different, schedules, search, null) with { Differences = [difference] };
        }

        // Once, as the word says.
        UnitResult Again(string word)
        {
            var (scenario, schedule) = codec.Read(word);
            trial.Journal.Begin(unit.Index, 0);
            var orders = SequentialOrders.Of(scenario, run) ?? throw new NotMakeableException("its calls do not come back one after the other");
            var chooser = new ReplayChooser(schedule);
            var execution = run.Run(scenario, chooser);
            if (execution is null || !chooser.IsExact)
            {
                throw new NotMakeableException("the schedule is not of this code: it was made with another revision");
            }

            var result = new UnitResult(unit.Index, Name, TrialStatus.Same, 1, 0, 0, null, []);
            return ScheduleSearch.Judge(execution, orders) is { } kind ? result with { Status = TrialStatus.Different, Differences = [Tell(new Violation(kind, scenario, orders, execution))] } : result;
        }

        bool MayRun()
        {
            trial.Journal.Head();
            return trial.MayDraw();
        }

        UnitResult Result(TrialStatus status, long schedules, ScheduleSearch search, string? reason) =>
            new(unit.Index, Name, status, schedules, search.NotMade, search.Noise, reason, []) { Reached = search.MostSteps };

        Violation Simplest(ScheduleSearch search, Violation violation)
        {
            for (var isSimpler = true; isSimpler;)
            {
                isSimpler = false;
                foreach (var scenario in violation.Scenario.Simpler())
                {
                    if (search.Find(scenario, MostOfSimpler, violation.Kind) is { } simpler)
                    {
                        (violation, isSimpler) = (simpler, true);
                        break;
                    }
                }
            }

            return violation;
        }

        bool IsAtBase(Violation violation, Chance chance)
        {
            if (isNew || violation.Scenario.Before.Concat(violation.Scenario.Threads.SelectMany(thread => thread)).Any(call => space.Members[call.Member].Base is null))
            {
                return false;
            }

            var before = new ScenarioRun(space, Side.Base, new StaticState(code.Sides.Counterpart(space.Owner)!), patience);
            return new ScheduleSearch(before, chance, () =>
            {
                trial.Journal.Head();
                return true;
            }).Find(violation.Scenario, MostOfScenario * 2, violation.Kind) is not null;
        }

        TrialDifference Tell(Violation violation) => new(
            violation.Kind == ViolationKind.Deadlock ? DifferenceKind.Deadlock : DifferenceKind.Race,
            text.Input(violation.Scenario),
            ViolationText.Expected(violation),
            text.Found(violation),
            "",
            violation.Scenario.Oddness,
            violation.Scenario.Size,
            codec.Write(violation.Scenario, violation.Execution.Schedule),
            Test: null,
            NoTest: "a test can't say who goes on when; the command beside it runs the schedule again");
    }

    /// <summary>Both sides with steps in them, loaded, and what stands at the head's points.</summary>
    private sealed class ScheduledCode
    {
        public ScheduledCode(TypeSides sides)
        {
            Sides = sides;
            Head = Interleaving.Take(sides.HeadAssembly) ?? throw new NotMakeableException("it was compiled without the steps of a schedule");
            if (sides.BaseAssembly is { } @base)
            {
                Interleaving.Take(@base);
            }
        }

        public TypeSides Sides { get; }

        public string[] Head { get; }
    }
}
