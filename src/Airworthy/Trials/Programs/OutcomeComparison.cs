using System.Collections.Immutable;
using System.Globalization;

namespace Airworthy.Trials.Programs;

/// <summary>Compares what two builds made of the same run. Each ran twice: what differs between a build's own runs is noise.</summary>
internal static class OutcomeComparison
{
    private const double Times = 3;
    private const double LeastSeconds = 0.5;
    private const long LeastKibibytes = 64 * 1024;

    /// <summary>True when nothing that is compared exactly differs: then neither needs to run again.</summary>
    public static bool IsSame(ProgramOutcome from, ProgramOutcome to) =>
        from.Exit == to.Exit && from.Output == to.Output && from.Error == to.Error
        && from.Files.Count == to.Files.Count && from.Files.All(pair => to.Files.TryGetValue(pair.Key, out var other) && other == pair.Value)
        && !Grew(from.Processor, to.Processor, LeastSeconds) && !Grew(from.Memory, to.Memory, LeastKibibytes);

    /// <summary>The differences, the worst first, and whether there was something that is never the same, so that nothing can be said of it.</summary>
    public static (ImmutableArray<ProgramDifference> Differences, bool IsUnstable) Of((ProgramOutcome First, ProgramOutcome Again) from, (ProgramOutcome First, ProgramOutcome Again) to)
    {
        var found = new List<ProgramDifference>();
        if (Stable(from, to, outcome => outcome.Exit) && from.First.Exit != to.First.Exit)
        {
            var kind = to.First switch { { Exit: null } => ProgramDifferenceKind.Hang, { Signal: not null } => ProgramDifferenceKind.Crash, _ => ProgramDifferenceKind.Exit };
            found.Add(new ProgramDifference(kind, "", End(from.First), End(to.First)));
        }

        Texts(found, ProgramDifferenceKind.Output, "", from, to, outcome => outcome.Output);
        Texts(found, ProgramDifferenceKind.Error, "", from, to, outcome => outcome.Error);
        foreach (var path in from.First.Files.Keys.Union(to.First.Files.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            Files(found, path, from, to);
        }

        // Of a resource the better of two runs counts: a machine's other work makes a run dearer, never cheaper.
        Resource(found, ProgramDifferenceKind.Processor, Least(from, one => one.Processor), Least(to, one => one.Processor), LeastSeconds, seconds => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"));
        Resource(found, ProgramDifferenceKind.Memory, Least(from, one => one.Memory), Least(to, one => one.Memory), LeastKibibytes, size => string.Create(CultureInfo.InvariantCulture, $"{size / 1024:0} MiB"));
        return (
            [.. found.OrderBy(difference => difference.Kind).ThenBy(difference => difference.Subject, StringComparer.Ordinal)],
            IsUnstable(from, to, outcome => outcome.Output) || IsUnstable(from, to, outcome => outcome.Error) || !Stable(from, to, outcome => outcome.Exit)
                || !Stable(from, to, outcome => string.Join('\0', outcome.Files.Keys)));
    }

    /// <summary>How a run ended, in words.</summary>
    public static string End(ProgramOutcome outcome) => outcome switch
    {
        { Exit: null } => "did not end",
        { Signal: { } signal } => $"ended by signal {signal.ToString(CultureInfo.InvariantCulture)}",
        { Exit: { } exit } => $"exit {exit.ToString(CultureInfo.InvariantCulture)}",
    };

    private static void Files(
        List<ProgramDifference> found, string path, (ProgramOutcome First, ProgramOutcome Again) from, (ProgramOutcome First, ProgramOutcome Again) to)
    {
        LeftFile? At(ProgramOutcome outcome) => outcome.Files.GetValueOrDefault(path);
        var (old, now) = (At(from.First), At(to.First));
        if (old is null || now is null)
        {
            if (Stable(from, to, outcome => At(outcome) is not null))
            {
                found.Add(old is null
                    ? new ProgramDifference(ProgramDifferenceKind.FileAdded, path, "", Told(now!))
                    : new ProgramDifference(ProgramDifferenceKind.FileMissing, path, Told(old), ""));
            }

            return;
        }

        void Compare(ProgramDifferenceKind kind, Func<LeftFile, string> told)
        {
            if (Stable(from, to, outcome => At(outcome) is { } file ? told(file) : null) && told(old) != told(now))
            {
                found.Add(new ProgramDifference(kind, path, told(old), told(now)));
            }
        }

        if (old.Kind == "f" && now.Kind == "f")
        {
            Texts(found, ProgramDifferenceKind.FileContent, path, from, to, outcome => At(outcome)?.Content ?? "");
        }

        Compare(ProgramDifferenceKind.Mode, file => $"{file.Kind} {file.Mode}");
        Compare(ProgramDifferenceKind.Link, file => file.Target is { } target ? $"to {target}" : file.SameAs is { } same ? $"the same file as {same}" : "a file of its own");
        Compare(ProgramDifferenceKind.Time, file => file.Kept is { } kept ? $"kept {kept}" : "new");
    }

    private static void Texts(
        List<ProgramDifference> found,
        ProgramDifferenceKind kind,
        string subject,
        (ProgramOutcome First, ProgramOutcome Again) from,
        (ProgramOutcome First, ProgramOutcome Again) to,
        Func<ProgramOutcome, string> text)
    {
        if (OutputText.Differ((text(from.First), text(from.Again)), (text(to.First), text(to.Again))) == true)
        {
            var (old, now) = OutputText.FirstDifference(text(from.First), text(to.First));
            found.Add(new ProgramDifference(kind, subject, old, now));
        }
    }

    private static bool IsUnstable((ProgramOutcome First, ProgramOutcome Again) from, (ProgramOutcome First, ProgramOutcome Again) to, Func<ProgramOutcome, string> text) =>
        OutputText.Differ((text(from.First), text(from.Again)), (text(to.First), text(to.Again))) is null;

    private static bool Stable<T>((ProgramOutcome First, ProgramOutcome Again) from, (ProgramOutcome First, ProgramOutcome Again) to, Func<ProgramOutcome, T> of) =>
        Equals(of(from.First), of(from.Again)) && Equals(of(to.First), of(to.Again));

    private static double? Least((ProgramOutcome First, ProgramOutcome Again) runs, Func<ProgramOutcome, double?> of) =>
        of(runs.First) is { } one && of(runs.Again) is { } two ? Math.Min(one, two) : null;

    private static bool Grew(double? from, double? to, double least) => from is { } old && to is { } now && now >= old * Times && now - old >= least;

    private static void Resource(List<ProgramDifference> found, ProgramDifferenceKind kind, double? from, double? to, double least, Func<double, string> told)
    {
        if (Grew(from, to, least))
        {
            found.Add(new ProgramDifference(kind, "", told(from!.Value), told(to!.Value)));
        }
    }

    private static string Told(LeftFile file) => file.Kind switch
    {
        "d" => "a folder",
        "l" => $"a link to {file.Target}",
        "f" => string.Create(CultureInfo.InvariantCulture, $"a file of {file.Size} bytes"),
        _ => "a special file",
    };
}
