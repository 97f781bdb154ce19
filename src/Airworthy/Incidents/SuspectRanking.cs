using System.Collections.Immutable;
using System.Globalization;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>Orders the candidates by all their evidence and turns their scores into shares of belief.</summary>
internal sealed class SuspectRanking(
    GitRepository repository, SourceTree tree, Commit ran, AttributionQuery query, ReleaseWindow? window, ImmutableArray<WeighedFrame> frames, bool isOlder)
{
    /// <summary>Candidates whose diffs are read; the others are no suspects.</summary>
    private const int MaxRead = 48;

    /// <summary>Ranks of the frames whose functions' last change counts.</summary>
    private const int ForemostRanks = 3;

    private const double TenYears = 3650;

    private const int MaxReasons = 5;

    /// <summary>From which fit on it is told as a reason.</summary>
    private const double Fits = 0.2;

    /// <summary>Adds what concerns the commit as a whole, and gives the candidates, the most likely first, each with its share of belief.</summary>
    public async Task<ImmutableArray<(Candidate Candidate, double Belief)>> RankAsync(IEnumerable<Candidate> candidates, CancellationToken cancel)
    {
        var placed = candidates.Where(candidate => candidate.Foremost != int.MaxValue).ToList();
        Age(placed);
        Candidate[] read = [.. placed.OrderByDescending(candidate => candidate.Score).ThenBy(candidate => candidate.Commit.Id).Take(MaxRead)];
        await ReadAsync(read, cancel);

        var ordered = read.OrderByDescending(candidate => candidate.Score).ThenBy(candidate => candidate.Commit.Id).ToArray();
        var beliefs = RankingWeights.Beliefs([.. ordered.Select(candidate => candidate.Score)]);
        return [.. ordered.Zip(beliefs)];
    }

    /// <summary>The strongest reasons that speak for a candidate, then when it landed, then what speaks against it.</summary>
    public ImmutableArray<string> Reasons(Candidate candidate)
    {
        var told = candidate.Features.Where(feature => feature.Reason.Length > 0).ToArray();
        return
        [
            .. told.Where(feature => feature.Score > 0 && feature.Kind != FeatureKind.Sweep).OrderBy(feature => feature.Kind switch
            {
                FeatureKind.OwnsLine or FeatureKind.Turned or FeatureKind.Trial => 0,
                FeatureKind.InRelease or FeatureKind.Recent => 2,
                _ => 1,
            }).Take(MaxReasons).Concat(told.Where(feature => feature.Score < 0)).Select(feature => feature.Reason),
            .. isOlder ? ["was there before the last good release: something else lets it show now"] : Array.Empty<string>(),
            Landed(candidate.Commit),
        ];
    }

    private void Age(List<Candidate> candidates)
    {
        var byTime = candidates.OrderBy(candidate => candidate.Commit.CommittedAt).ThenBy(candidate => candidate.Commit.Id).ToArray();
        int owners = 0, changers = 0;
        for (var i = byTime.Length - 1; i >= 0; i--)
        {
            var (candidate, commit) = (byTime[i], byTime[i].Commit);
            if (window is not null)
            {
                var inside = window.Contains(commit.Id);
                candidate.Add(new Feature(FeatureKind.InRelease, inside ? 1 : -0.5, inside ? "came with this release" : "was there before this release"));
            }
            else
            {
                var age = Math.Max(0, (ran.CommittedAt - commit.CommittedAt) / RankingWeights.RecentHalfLife);
                candidate.Add(new Feature(FeatureKind.Recent, Math.Pow(2, -age), age < 1 ? "landed shortly before the revision that ran" : ""));
                candidate.Add(new Feature(FeatureKind.Newest, byTime.Length == 1 ? 1 : i / (double)(byTime.Length - 1), ""));
                var days = Math.Max(0, (ran.CommittedAt - commit.CommittedAt).TotalDays);
                candidate.Add(new Feature(FeatureKind.ThisYear, days < 365 ? 1 : 0, ""));
                candidate.Add(new Feature(FeatureKind.Youth, Math.Max(0, 1 - (Math.Log(1 + days) / Math.Log(1 + TenYears))), ""));
            }

            if (candidate.Has(FeatureKind.OwnsLine) || candidate.Has(FeatureKind.OwnsCallerLine))
            {
                candidate.Add(new Feature(FeatureKind.NewestOwner, 1.0 / (1 + owners), owners == 0 ? "the last that landed of those who own a line of the trace" : ""));
                owners++;
            }

            if (candidate.Frames > 0 && candidate.Foremost < ForemostRanks)
            {
                candidate.Add(new Feature(FeatureKind.NewestChanger, 1.0 / (1 + changers), changers == 0 ? "the last that landed of those who wrote in the functions where it failed" : ""));
                changers++;
            }

            candidate.Add(new Feature(FeatureKind.SaysTidy, CommitWords.SaysTidy(commit.Subject) ? 1 : 0, ""));
            candidate.Add(new Feature(FeatureKind.SaysFix, CommitWords.SaysFix(commit.Subject) ? 1 : 0, ""));
        }
    }

    /// <summary>What the candidates' diffs say: their size, their words, what they took away.</summary>
    private async Task ReadAsync(IReadOnlyList<Candidate> candidates, CancellationToken cancel)
    {
        var trace = await TraceWords.ReadAsync(query.Trace, frames, tree, cancel);
        var read = new List<(Candidate Candidate, CommitWords Words)>();
        var paths = frames.Select(frame => frame.Path).ToHashSet();
        foreach (var candidate in candidates)
        {
            var words = await CommitWords.ReadAsync(repository, candidate.Commit, paths, cancel);
            read.Add((candidate, words));
            candidate.Add(new Feature(FeatureKind.Focus, Share(words.Traced, words.Lines), ""));
            candidate.Add(new Feature(FeatureKind.Adds, Share(words.Added, words.Lines), ""));
            candidate.Add(new Feature(FeatureKind.Size, Math.Min(1, Math.Log(1 + words.Lines) / Math.Log(1001)), ""));
            candidate.Add(new Feature(
                FeatureKind.Sweep,
                words.Files >= RankingWeights.SweepFiles ? 1 : 0,
                words.Files >= RankingWeights.SweepFiles ? string.Create(CultureInfo.InvariantCulture, $"but touched {words.Files} files at once, as moves and sweeps do") : ""));
            candidate.Add(new Feature(FeatureKind.RemovedCheck, words.RemovedCheck ? 1 : 0, words.RemovedCheck ? "took a condition away in a file of the trace" : ""));
            var named = trace.Functions.Count(words.Terms.ContainsKey);
            candidate.Add(new Feature(
                FeatureKind.NamesFrames,
                Share(named, trace.Functions.Count),
                named > 0 ? string.Create(CultureInfo.InvariantCulture, $"its diff names {named} of the trace's {trace.Functions.Count} functions") : ""));
        }

        Fit(trace, read);
    }

    private static void Fit(TraceWords trace, List<(Candidate Candidate, CommitWords Words)> read)
    {
        var text = TextFit.Of(trace.Terms, [.. read.Select(at => at.Words.Terms)]);
        var message = TextFit.Of(trace.Terms, [.. read.Select(at => at.Words.Message)]);
        var code = TextFit.Of(trace.Code, [.. read.Select(at => at.Words.Terms)]);
        var most = read.Count == 0 ? 0 : Enumerable.Range(0, read.Count).Max(Together);
        for (var i = 0; i < read.Count; i++)
        {
            var candidate = read[i].Candidate;
            candidate.Add(new Feature(FeatureKind.TextFit, text[i], text[i] >= Fits ? "its words fit the trace's" : ""));
            candidate.Add(new Feature(FeatureKind.MessageFit, message[i], ""));
            candidate.Add(new Feature(FeatureKind.CodeFit, code[i], code[i] >= Fits ? "its words fit the code that failed" : ""));
            candidate.Add(new Feature(FeatureKind.BestFit, most == 0 ? 0 : Together(i) / most, ""));
        }

        double Together(int i) => text[i] + message[i] + code[i];
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : Math.Min(1, part / (double)whole);

    private string Landed(Commit commit)
    {
        var (until, what) = query.FirstSeen is { } seen ? (seen, "first seen") : (ran.CommittedAt, "the revision that ran");
        var age = until - commit.CommittedAt;
        var told = age.TotalDays >= 1 ? Words.Count((long)age.TotalDays, "day") : age.TotalHours >= 1 ? Words.Count((long)age.TotalHours, "hour") : Words.Count((long)Math.Max(0, age.TotalMinutes), "minute");
        return $"landed {told} before {what}";
    }
}
