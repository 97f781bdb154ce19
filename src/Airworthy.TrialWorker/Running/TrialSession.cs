using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Airworthy.Trials.Running;
using Airworthy.TrialWorker.Making;

namespace Airworthy.TrialWorker.Running;

/// <summary>Runs a job: unit after unit, kind after kind. A call that does not come back is the last of its process: whoever started it sees which that was.</summary>
internal sealed class TrialSession : IDisposable
{
    /// <summary>The kinds of trial, in the order they run.</summary>
    private static readonly ITrialKind[] s_kinds = [new DifferentialTrial(), new RobustnessTrial(), new PropertyTrial(), new ConcurrencyTrial(), new ScalingTrial()];

    /// <summary>As deep as a program's own first thread goes.</summary>
    private const int StackBytes = 8 * 1024 * 1024;

    private readonly RunJob _job;
    private readonly CallJournal _journal;
    private readonly FileStream _results;
    private readonly Lock _writing = new();

    private TrialSession(RunJob job)
    {
        _job = job;
        _journal = new CallJournal(job.Journal);
        _results = new FileStream(job.Results, FileMode.Append, FileAccess.Write, FileShare.Read);
    }

    /// <param name="file">The file of a <see cref="RunJob"/>.</param>
    public static int Run(string file)
    {
        using var session = new TrialSession(JsonSerializer.Deserialize<RunJob>(File.ReadAllBytes(file))!);
        return session.Run();
    }

    public void Dispose()
    {
        _journal.Dispose();
        _results.Dispose();
    }

    private int Run()
    {
        // What the runtime itself says of a crash goes to the real error stream.
        ConsoleCapture.Install();
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        return Watchdog.Run(RunAll, _journal, _job.PatienceSeconds, StackBytes);
    }

    private void RunAll()
    {
        foreach (var ended in _job.Ended)
        {
            // The journal names it from here on: should it end this process too, it is known who did, and it is not run a third time.
            _journal.Begin(ended.Unit, 0);
            Write(Crashed(ended));
        }

        TypeSides both;
        try
        {
            both = new TypeSides(_job.Plan.BaseAssembly, _job.Plan.HeadAssembly);
        }
#pragma warning disable CA1031 // What loading a stranger's assemblies throws is why there is no evidence.
        catch (Exception reason)
#pragma warning restore CA1031
        {
            foreach (var index in _job.Units)
            {
                Write(Untestable(index, NotLoaded(reason)));
            }

            _journal.Idle();
            return;
        }

        var headOnly = new Lazy<TypeSides>(() => new TypeSides(null, _job.Plan.HeadAssembly));
        foreach (var name in AppDomain.CurrentDomain.GetAssemblies().Append(both.HeadAssembly).Distinct().SelectMany(CallCode.NamespacesOf))
        {
            CallCode.Namespaces.Add(name);
        }

        foreach (var ended in _job.Ended.Where(IsFinding))
        {
            if (Ready(ended.Unit, Sides(ended.Unit), ended.Input[0]) is { } unit && Ended(unit, ended) is { } told)
            {
                Write(told);
            }
        }

        // They are told; where nothing is left to run, that is all.
        _journal.Idle();
        var (begun, left) = (Stopwatch.GetTimestamp(), _job.Units.Length);
        foreach (var index in _job.Units)
        {
            RunUnit(index, Sides(index), Math.Max(_job.SecondsPerUnit / 2, ((_job.SecondsPerUnit * _job.Units.Length) - Stopwatch.GetElapsedTime(begun).TotalSeconds) / left--));
            _journal.Idle();
            Write(new UnitResult(index, TrialRun.EndMark, TrialStatus.Same, 0, 0, 0, null, []));
        }

        TypeSides Sides(int index) => _job.Plan.Units[index].BaseId is null ? headOnly.Value : both;
    }

    /// <summary>The unit made ready; null, and told, when it can't be tried.</summary>
    private UnderTrial? Ready(int index, TypeSides sides, int types)
    {
        // Static constructors and module initializers of the code may run here, and may end the process.
        _journal.Begin(index, 0);
        try
        {
            return UnderTrial.Of(index, _job.Plan.Units[index], sides, types);
        }
#pragma warning disable CA1031 // What loading a stranger's types throws is why there is no evidence.
        catch (Exception reason)
#pragma warning restore CA1031
        {
            // That other types do not fit either is nothing to tell.
            if (types == 0)
            {
                Write(Untestable(index, reason is NotMakeableException ? reason.Message : NotLoaded(reason)));
            }

            return null;
        }
    }

    /// <param name="index">The unit.</param>
    /// <param name="sides">What it is on each side.</param>
    /// <param name="seconds">How long it may take.</param>
    private void RunUnit(int index, TypeSides sides, double seconds)
    {
        if (Ready(index, sides, 0) is not { } unit)
        {
            return;
        }

        List<EdgeCounters> counters = [.. new[] { sides.BaseAssembly, sides.HeadAssembly }.OfType<Assembly>().Select(EdgeCounters.Of).OfType<EdgeCounters>()];
        var kinds = s_kinds.Where(kind => _job.Kinds.Contains(kind.Name, StringComparer.Ordinal) && kind.Takes(unit)).ToList();
        // What numbers do not show, references may: nulls, texts, and what compares them.
        var other = unit.IsGeneric && kinds.Exists(kind => kind.IsOfEachType) ? Ready(index, sides, 1) : null;
        var runs = kinds.Select(kind => (Kind: kind, Unit: unit, Types: (byte)0)).Concat(other is null ? [] : kinds.Where(kind => kind.IsOfEachType).Select(kind => (Kind: kind, Unit: other, Types: (byte)1))).ToList();
        var (begun, shares) = (Stopwatch.GetTimestamp(), runs.Sum(run => run.Kind.Share));
        var known = new Dictionary<string, UnitResult>(StringComparer.Ordinal);
        foreach (var (kind, tried, types) in runs)
        {
            counters.ForEach(counter => counter.Forget());
            // What a run before it left over is its own.
            var time = TimeSpan.FromSeconds(Math.Max(0.1, (seconds - Stopwatch.GetElapsedTime(begun).TotalSeconds) * kind.Share / shares));
            shares -= kind.Share;
            var before = known.GetValueOrDefault(kind.Name);
            using var trial = new UnitTrial(_job, index, time, _journal, result => Write(Together(before, result)), counters, types);
            var processor = Environment.CpuUsage.TotalTime;
            UnitResult found;
            try
            {
                found = kind.Run(tried, trial) with { ProcessorSeconds = (Environment.CpuUsage.TotalTime - processor).TotalSeconds };
            }
            catch (NotMakeableException reason)
            {
                found = Untestable(index, reason.Message) with { Kind = kind.Name };
            }

            known[kind.Name] = Together(before, found);
            Write(known[kind.Name]);
        }
    }

    /// <summary>What was found with some types and then with others: what differs in the same way with both is told of the first.</summary>
    private static UnitResult Together(UnitResult? before, UnitResult after) => before is null ? after
        : before.And(after with { Differences = [.. after.Differences.Where(one => !before.Differences.Any(other => (other.Kind, other.Property) == (one.Kind, one.Property)))] });

    private static UnitResult Untestable(int index, string reason) => new(index, "differential", TrialStatus.Untestable, 0, 0, 0, reason, []);

    private static string NotLoaded(Exception reason) => $"it can't be loaded: {reason.GetType().Name}: {reason.Message}";

    /// <summary>What is known of a call that ended a process before, without running anything.</summary>
    private UnitResult Crashed(EndedCall call) => new(
        call.Unit, _job.Plan.Units[call.Unit].BaseId is null ? "robustness" : "differential", TrialStatus.Crashed, 0, 0, 0, $"the {(call.AtHead ? "head" : "base")} {call.How} on an input", []) { IsOfEnding = true };

    /// <summary>Whether the head alone did it, on an input that is known.</summary>
    private bool IsFinding(EndedCall call) => (call.AtHead || _job.Plan.Units[call.Unit].BaseId is null) && call.Input.Length > 0;

    /// <summary>The finding; null when its input can't be read.</summary>
    private UnitResult? Ended(UnderTrial unit, EndedCall call)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(call.Input));
            // The types it was tried with.
            reader.ReadByte();
            var recipe = RecipeCodec.Read(reader, unit.Shape);
            unit.Base?.Run(recipe);
            var was = unit.Base?.Keep();
            var difference = Finding.Tell(unit, recipe, call.Hung ? DifferenceKind.Hang : DifferenceKind.Crash, was?.Text ?? "(new)", call.How, 1);
            return Crashed(call) with { Status = TrialStatus.Different, Inputs = 1, Differences = [difference with { NoTest = "it would take the process of all tests along" }] };
        }
        catch (Exception wrong) when (wrong is InvalidDataException or EndOfStreamException)
        {
            return null;
        }
    }

    private void Write(UnitResult result)
    {
        lock (_writing)
        {
            JsonSerializer.Serialize(_results, result);
            _results.WriteByte((byte)'\n');
            _results.Flush();
        }
    }
}
