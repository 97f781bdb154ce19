using System.Collections.Immutable;

namespace Airworthy.Verification.Outcomes;

/// <summary>Reads test reports of any format and merges them: a test that failed in one and passed in another is flaky.</summary>
public sealed class TestReading
{
    private const int MaxTests = 2_000_000;

    private static readonly ImmutableArray<ITestReader> s_readers = [new JUnitReader(), new TrxReader(), new CtrfReader()];

    private readonly Dictionary<(string Suite, string Name), TestResult> _tests = [];
    private readonly List<ReportRead> _reports = [];

    /// <summary>The formats that are read.</summary>
    public static ImmutableArray<string> Formats { get; } = [.. s_readers.Select(reader => reader.Name)];

    /// <summary>The reports read so far; their files are tests.</summary>
    public IReadOnlyList<ReportRead> Reports => _reports;

    /// <summary>All tests.</summary>
    public IReadOnlyCollection<TestResult> Tests => _tests.Values;

    /// <summary>Takes in one report.</summary>
    /// <exception cref="EvidenceException">It is of no known format, or broken.</exception>
    public void Add(ReportFile file)
    {
        var start = file.Start();
        var reader = s_readers.FirstOrDefault(candidate => candidate.Recognises(start))
            ?? throw file.Refused($"is no test report that is known; known are {string.Join(", ", Formats)}");
        var read = new Dictionary<(string Suite, string Name), TestResult>();
        reader.Read(file, result =>
        {
            var key = (result.Suite, result.Name);
            // Rows of one name in one report are several tests: one that failed is not made good by another.
            read[key] = read.GetValueOrDefault(key) is { } other && other.Outcome >= result.Outcome ? other : result;
            if (read.Count > MaxTests)
            {
                throw file.Refused($"holds more than {MaxTests:N0} tests");
            }
        });
        foreach (var (key, result) in read)
        {
            _tests[key] = Merged(_tests.GetValueOrDefault(key), result with { Source = file.Name });
        }

        _reports.Add(new ReportRead(file.Name, reader.Name, read.Count, read.Count));
    }

    private static TestResult Merged(TestResult? before, TestResult now)
    {
        if (before is null)
        {
            return now;
        }

        var (better, worse) = before.Outcome <= now.Outcome ? (before, now) : (now, before);
        return worse.Outcome == TestOutcome.Failed && better.Outcome is TestOutcome.Passed or TestOutcome.Flaky
            ? worse with { Outcome = TestOutcome.Flaky, Source = $"{worse.Source}, {better.Source}" }
            : worse;
    }
}
