using System.Collections.Immutable;
using Airworthy.Trials.Programs;
using Xunit;

namespace Airworthy.Tests.Trials.Programs;

/// <summary>In what two runs differ, the worst first, and what is only noise.</summary>
public class OutcomeComparisonTests
{
    private static readonly LeftFile s_file = new("f", "644", 3, "one", null, null, null);

    [Fact]
    public void A_file_that_is_gone_its_content_its_mode_its_links_and_its_time_are_told()
    {
        var old = Outcome(("a", s_file), ("b", s_file), ("c", s_file), ("d", s_file with { SameAs = "e" }), ("t", s_file with { Kept = "1577836800" }));
        var now = Outcome(("b", s_file with { Content = "two" }), ("c", s_file with { Mode = "600" }), ("d", s_file), ("t", s_file), ("z", s_file));
        Assert.Equal(
            ["FileMissing a", "FileContent b", "FileAdded z", "Link d", "Mode c", "Time t"],
            OutcomeComparison.Of((old, old), (now, now)).Differences.Select(difference => $"{difference.Kind} {difference.Subject}"));
    }

    [Theory]
    [InlineData(0, 139, ProgramDifferenceKind.Crash, "exit 0", "ended by signal 11")]
    [InlineData(0, 23, ProgramDifferenceKind.Exit, "exit 0", "exit 23")]
    [InlineData(0, null, ProgramDifferenceKind.Hang, "exit 0", "did not end")]
    [InlineData(1, 0, ProgramDifferenceKind.Exit, "exit 1", "exit 0")]
    public void How_it_ended_comes_first(int from, int? to, ProgramDifferenceKind kind, string old, string now)
    {
        var (first, second) = (Outcome() with { Exit = from }, Outcome() with { Exit = to, Output = "other" });
        var difference = OutcomeComparison.Of((first, first), (second, second)).Differences[0];
        Assert.Equal((kind, old, now), (difference.Kind, difference.Base, difference.Head));
    }

    [Fact]
    public void What_a_build_does_otherwise_each_time_is_no_difference()
    {
        var first = Outcome(("pid", s_file)) with { Output = "pid 12", Exit = 0 };
        var again = Outcome() with { Output = "pid 13", Exit = 1 };
        var head = Outcome() with { Output = "pid 14", Exit = 2 };
        var (differences, isUnstable) = OutcomeComparison.Of((first, again), (head, head));
        Assert.Empty(differences);
        Assert.True(isUnstable);
    }

    [Fact]
    public void Memory_that_grows_by_a_multiple_is_told_and_a_little_more_is_not()
    {
        var old = Outcome() with { Memory = 300 * 1024, Processor = 0.2 };
        var more = Outcome() with { Memory = 10_000 * 1024, Processor = 0.6 };
        Assert.Equal(["Memory 300 MiB 10000 MiB"], OutcomeComparison.Of((old, old), (more, more)).Differences.Select(difference => $"{difference.Kind} {difference.Base} {difference.Head}"));
        Assert.Empty(OutcomeComparison.Of((old, old), (more, old)).Differences);
    }

    private static ProgramOutcome Outcome(params (string Path, LeftFile File)[] files) =>
        new(0, "", "", files.ToImmutableSortedDictionary(pair => pair.Path, pair => pair.File, StringComparer.Ordinal), null, null);
}
