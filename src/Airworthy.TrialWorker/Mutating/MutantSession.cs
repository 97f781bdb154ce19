using System.Globalization;
using System.Text.Json;
using Airworthy.Trials;
using Airworthy.Trials.Mutation;
using Airworthy.Trials.Running;
using Airworthy.TrialWorker.Making;
using Airworthy.TrialWorker.Running;

namespace Airworthy.TrialWorker.Mutating;

/// <summary>Finds inputs that show mutants: unit after unit, the code as it is against itself with one mutant awake.</summary>
internal sealed class MutantSession : IDisposable
{
    private const int StackBytes = 8 * 1024 * 1024;

    private readonly MutantJob _job;
    private readonly CallJournal _journal;
    private readonly FileStream _results;

    private MutantSession(MutantJob job)
    {
        _job = job;
        _journal = new CallJournal(job.Run.Journal);
        _results = new FileStream(job.Run.Results, FileMode.Append, FileAccess.Write, FileShare.Read);
    }

    /// <param name="file">The file of a <see cref="MutantJob"/>.</param>
    public static int Run(string file)
    {
        using var session = new MutantSession(JsonSerializer.Deserialize<MutantJob>(File.ReadAllBytes(file))!);
        ConsoleCapture.Install();
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        return Watchdog.Run(session.RunAll, session._journal, session._job.Run.PatienceSeconds, StackBytes);
    }

    public void Dispose()
    {
        _journal.Dispose();
        _results.Dispose();
    }

    private void RunAll()
    {
        var plan = _job.Run.Plan;
        var assembly = plan.Mutation!.Assembly;
        var sides = new TypeSides(assembly, assembly);
        foreach (var name in AppDomain.CurrentDomain.GetAssemblies().Append(sides.HeadAssembly).Distinct().SelectMany(CallCode.NamespacesOf))
        {
            CallCode.Namespaces.Add(name);
        }

        var trial = new MutantTrial(MutantSwitch.Of(sides.BaseAssembly!), MutantSwitch.Of(sides.HeadAssembly), EdgeCounters.Of(sides.BaseAssembly!)!, EdgeCounters.Of(sides.HeadAssembly)!, [.. _job.Mutants], plan.Mutation.Mutants.ToDictionary(mutant => mutant.Id, mutant => mutant.Unit), Write);
        foreach (var index in _job.Run.Units)
        {
            // Static constructors may run here, and may end the process.
            _journal.Begin(index, 0);
            if (Ready(index, plan.Units[index], sides) is { } unit)
            {
                using var run = new UnitTrial(_job.Run, index, TimeSpan.FromSeconds(_job.Run.SecondsPerUnit), _journal, _ => { }, []);
                trial.Run(unit, run);
            }

            _journal.Idle();
            Write(new MutantShown(0, index, 0, null, IsDone: true));
        }
    }

    private static UnderTrial? Ready(int index, TrialUnit unit, TypeSides sides)
    {
        try
        {
            return UnderTrial.Of(index, unit with { BaseId = unit.HeadId }, sides);
        }
#pragma warning disable CA1031 // What loading a stranger's types throws is why a unit is not called.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private void Write(MutantShown shown)
    {
        JsonSerializer.Serialize(_results, shown);
        _results.WriteByte((byte)'\n');
        _results.Flush();
    }
}
