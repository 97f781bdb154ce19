using Airworthy.Cli.Trials;
using Airworthy.Git;
using Airworthy.Journeys.Trials;
using Airworthy.Model;
using Airworthy.Trials.Programs;
using Xunit;

namespace Airworthy.Cli.Tests.Trials;

/// <summary>What is said of a program's trial, where the program has the say.</summary>
public class ProgramTrialTextTests
{
    private const string Obeyed = "\u001b[2J\r\n\u202e";

    [Fact]
    public void A_terminal_obeys_nothing_that_the_program_under_trial_names_or_prints()
    {
        var scenario = new ProgramScenario("copy", "copy.sh", IsScript: true, [], Files: null, [new Dimension("INPUT", ["a", ".inputs/" + Obeyed])]);
        var finding = new ProgramFinding(
            "copy", Variation.Ordinary(scenario.Dimensions).With(0, 1), [new ProgramDifference(ProgramDifferenceKind.FileAdded, Obeyed, "", Obeyed)], Seen: 1);
        var ada = new Identity("Ada", "ada@example.org");
        var commit = new Commit(CommitId.Parse(new string('a', 40)), [], ada, DateTimeOffset.UnixEpoch, ada, DateTimeOffset.UnixEpoch, "\u001b[2J");
        var report = new ProgramTrialReport(
            new string('a', 40), new string('b', 40), [new ScenarioResult(scenario, Tried: 1, Noisy: 0, Ordinary: null, "its fuzzer found no input: " + Obeyed, [finding])],
            [new RankedProgramFinding(1, finding, commit, Test: null)]);

        var lines = new List<string>();
        ProgramTrialText.Write(report, most: 5, lines.Add);

        Assert.Contains("  copy  not tried: its fuzzer found no input: \\u001b[2J  \\u202e", lines);
        Assert.All(lines, line => Assert.DoesNotContain(line, letter => char.IsControl(letter) || letter == '\u202e'));
    }
}
