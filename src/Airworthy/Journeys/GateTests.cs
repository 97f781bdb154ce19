using System.Collections.Immutable;
using Airworthy.Code;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Policies;
using Airworthy.Verification;
using Airworthy.Verification.Outcomes;

namespace Airworthy.Journeys;

/// <summary>
/// Says how the tests came out, which of them the change brings, and who wrote those: an agent's tests of its own code are weaker evidence.
/// A test is found in a changed file by its function's name or its title; where it stands in a file that did not change, it is not new.
/// </summary>
internal sealed class GateTests
{
    private readonly TestReading _reading = new();
    private readonly List<File> _files = [];
    private readonly ReportPaths _paths;
    private readonly ImmutableArray<ChangedUnit> _units;

    private GateTests(ImmutableArray<ChangedUnit> units, IReadOnlyCollection<RepoPath> files, string? workTree) => (_units, _paths) = (units, new ReportPaths(files, workTree));

    /// <summary>The reports read.</summary>
    public IReadOnlyList<ReportRead> Reports => _reading.Reports;

    /// <summary>Reads all <paramref name="reports"/>.</summary>
    /// <exception cref="EvidenceException">One can't be read.</exception>
    public static async Task<GateTests> ReadAsync(
        ImmutableArray<ReportFile> reports, ImmutableArray<ChangedUnit> units, GitRepository repository, GateComparison sides, IReadOnlyDictionary<RepoPath, RepoPath?> before, CancellationToken cancel)
    {
        var files = await repository.FilesAsync(sides.Head, cancel);
        var tests = new GateTests(units, [.. files.Select(file => file.Path)], repository.WorkTree);
        foreach (var report in reports)
        {
            cancel.ThrowIfCancellationRequested();
            tests._reading.Add(report);
        }

        foreach (var path in units.Where(unit => unit.Executable && !unit.At.IsEmpty).Select(unit => unit.Unit.Path).Distinct())
        {
            if (await repository.ReadAsync(sides.Head, path, CodeUnits.MaxBytes, cancel) is { } now)
            {
                var old = before.GetValueOrDefault(path) is { } name ? await repository.ReadAsync(sides.MergeBase, name, CodeUnits.MaxBytes, cancel) : null;
                tests._files.Add(new File(path, new SourceNames(now), old is null ? null : new SourceNames(old)));
            }
        }

        return tests;
    }

    /// <summary>How they came out.</summary>
    public TestTally Tally()
    {
        var all = _reading.Tests;
        var changed = all.Select(Changed).OfType<ChangedTest>().DistinctBy(test => (test.Name, test.Path, test.Line)).OrderBy(test => test.Path).ThenBy(test => test.Line).ToImmutableArray();
        var testFiles = changed.Select(test => test.Path).ToHashSet();
        var writers = _units
            .Where(unit => unit.Executable && unit.Authorship.Kind == AuthorKind.Ai && !testFiles.Contains(unit.Unit.Path))
            .SelectMany(unit => Names(unit.Authorship)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new TestTally(
            all.Count(test => test.Outcome == TestOutcome.Passed),
            all.Count(test => test.Outcome == TestOutcome.Failed),
            all.Count(test => test.Outcome == TestOutcome.Flaky),
            all.Count(test => test.Outcome == TestOutcome.Skipped),
            changed,
            changed.Any(test => test.Authorship.Kind == AuthorKind.Ai && Names(test.Authorship).Any(writers.Contains)));
    }

    /// <summary>Tests that failed, and those that prove nothing.</summary>
    public IEnumerable<ReportedProblem> Problems() =>
        from test in _reading.Tests
        where test.Outcome is TestOutcome.Failed or TestOutcome.Flaky
        let place = Place(test)
        select new ReportedProblem(
            test.Outcome == TestOutcome.Failed ? ReportRules.FailedTest : ReportRules.FlakyTest,
            FullName(test),
            $"{(test.Outcome == TestOutcome.Failed ? "fails" : "fails and passes")}{(test.Says.Length == 0 ? "" : $": {test.Says}")}",
            test.Source,
            place?.File.Path,
            place?.Line ?? 0,
            place?.Line ?? 0);

    private ChangedTest? Changed(TestResult test)
    {
        if (Place(test) is not { } place)
        {
            return null;
        }

        var around = _units.Where(unit => unit.Unit.Path == place.File.Path && unit.Unit.Span.Contains(place.Line)).MinBy(unit => unit.Unit.Span.Count)
            ?? _units.FirstOrDefault(unit => unit.Unit.Path == place.File.Path && unit.At.Any(line => line.Number == place.Line));
        return around is null ? null : new ChangedTest(FullName(test), place.File.Path, place.Line, place.File.Before?.Of(place.Name) is null, around.Authorship);
    }

    /// <summary>Where a test stands, if that is a changed file.</summary>
    private (File File, int Line, string Name)? Place(TestResult test)
    {
        var told = test.File is { } written && _paths.Resolve([], [written])[written] is [var path] ? path : (RepoPath?)null;
        foreach (var file in _files.Where(file => told is null ? Belongs(test.Suite, file) : file.Path == told))
        {
            foreach (var name in Forms(test))
            {
                if (file.Now.Of(name) is { } line)
                {
                    return (file, line, name);
                }
            }
        }

        return null;
    }

    /// <summary>True when a suite's name leads to a file: it is the file's path, a module's (<c>tests.test_pay</c>), or a class that stands in it.</summary>
    private static bool Belongs(string suite, File file)
    {
        if (suite.Length == 0)
        {
            return false;
        }

        var path = suite.Replace('\\', '/');
        if (file.Path.Value.EndsWith(path, StringComparison.Ordinal) || path.EndsWith(file.Path.Value, StringComparison.Ordinal))
        {
            return true;
        }

        var stem = System.IO.Path.GetFileNameWithoutExtension(file.Path.Name);
        var parts = suite.Split(['.', '+', '$', '/', ':', ' '], StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 0 && (parts.Contains(stem, StringComparer.Ordinal) || file.Now.Has(parts[^1].Split('`')[0]) || file.Now.Of(suite) is not null);
    }

    // 'Splits(sum: 3)', 'test_split[3-1]' and 'TestSplit/three' are of 'Splits', 'test_split' and 'TestSplit'; a title of jest holds those of its describes.
    private static IEnumerable<string> Forms(TestResult test)
    {
        yield return test.Function;
        yield return test.Function.Split(['(', '[', '/', '{'], 2)[0].Trim();
        yield return test.Function[(test.Function.LastIndexOfAny(['.', ':', '>']) + 1)..].Trim();
        if (test.Suite.Length > 0 && test.Function.StartsWith(test.Suite + " ", StringComparison.Ordinal))
        {
            yield return test.Function[(test.Suite.Length + 1)..];
        }
    }

    private static string FullName(TestResult test) => test.Suite.Length == 0 ? test.Name : $"{test.Suite}.{test.Name}";

    private static IEnumerable<string> Names(Authorship by) => by.Agents.Select(agent => agent.Name);

    private sealed record File(RepoPath Path, SourceNames Now, SourceNames? Before);
}
