using System.Collections.Immutable;
using System.Globalization;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>Orders the candidates by all their evidence and turns their scores into shares of belief.</summary>
internal sealed class SuspectRanking(
    GitRepository repository, Commit ran, AttributionQuery query, ReleaseWindow? window, ImmutableArray<WeighedFrame> frames, bool isOlder)
{
    /// <summary>Candidates whose diffs are read.</summary>
    private const int MaxRead = 40;

    private const int MaxReasons = 5;

    private readonly TraceWords _words = TraceWords.Of(query.Trace, frames);

    /// <summary>Adds what concerns the commit as a whole, and gives the candidates, the most likely first, each with its share of belief.</summary>
    public async Task<ImmutableArray<(Candidate Candidate, double Belief)>> RankAsync(IEnumerable<Candidate> candidates, CancellationToken cancel)
    {
        var placed = candidates.Where(candidate => candidate.Foremost != int.MaxValue).ToList();
        Age(placed);
        await ReadAsync([.. placed.OrderByDescending(candidate => candidate.Score).ThenBy(candidate => candidate.Commit.Id).Take(MaxRead)], cancel);

        var ordered = placed.OrderByDescending(candidate => candidate.Score).ThenBy(candidate => candidate.Commit.Id).ToArray();
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
        var owners = 0;
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
                candidate.Add(new Feature(FeatureKind.ThisYear, (ran.CommittedAt - commit.CommittedAt).TotalDays < 365 ? 1 : 0, ""));
            }

            if (candidate.Has(FeatureKind.OwnsLine) || candidate.Has(FeatureKind.OwnsCallerLine))
            {
                candidate.Add(new Feature(FeatureKind.NewestOwner, 1.0 / (1 + owners), owners == 0 ? "the last that landed of those who own a line of the trace" : ""));
                owners++;
            }

            candidate.Add(new Feature(FeatureKind.SaysFix, CommitWords.SaysFix(commit.Subject) ? 1 : 0, ""));
        }
    }

    /// <summary>What the candidates' diffs say: their size, their words, what they took away.</summary>
    private async Task ReadAsync(IReadOnlyList<Candidate> candidates, CancellationToken cancel)
    {
        var read = new List<(Candidate Candidate, CommitWords Words)>();
        var paths = frames.Select(frame => frame.Path).ToHashSet();
        foreach (var candidate in candidates)
        {
            var words = await CommitWords.ReadAsync(repository, candidate.Commit, paths, cancel);
            read.Add((candidate, words));
            candidate.Add(new Feature(FeatureKind.Size, Math.Min(1, Math.Log(1 + words.Lines) / Math.Log(1001)), ""));
            candidate.Add(new Feature(
                FeatureKind.Sweep,
                words.Files >= RankingWeights.SweepFiles ? 1 : 0,
                words.Files >= RankingWeights.SweepFiles ? string.Create(CultureInfo.InvariantCulture, $"but touched {words.Files} files at once, as moves and sweeps do") : ""));
            candidate.Add(new Feature(FeatureKind.RemovedCheck, words.RemovedCheck ? 1 : 0, words.RemovedCheck ? "took a condition away in a file of the trace" : ""));
            var named = _words.Functions.Count == 0 ? 0 : _words.Functions.Count(words.Terms.ContainsKey) / (double)_words.Functions.Count;
            candidate.Add(new Feature(
                FeatureKind.NamesFrames, named, named > 0 ? string.Create(CultureInfo.InvariantCulture, $"its diff names {_words.Functions.Count(words.Terms.ContainsKey)} of the trace's {_words.Functions.Count} functions") : ""));
        }

        var fits = TextFit.Of(_words.Terms, [.. read.Select(at => at.Words.Terms)]);
        for (var i = 0; i < read.Count; i++)
        {
            read[i].Candidate.Add(new Feature(FeatureKind.TextFit, fits[i], fits[i] >= 0.2 ? "its words fit the trace's" : ""));
        }
    }

    private string Landed(Commit commit)
    {
        var (until, what) = query.FirstSeen is { } seen ? (seen, "first seen") : (ran.CommittedAt, "the revision that ran");
        var age = until - commit.CommittedAt;
        var told = age.TotalDays >= 1 ? Words.Count((long)age.TotalDays, "day") : age.TotalHours >= 1 ? Words.Count((long)age.TotalHours, "hour") : Words.Count((long)Math.Max(0, age.TotalMinutes), "minute");
        return $"landed {told} before {what}";
    }
}
