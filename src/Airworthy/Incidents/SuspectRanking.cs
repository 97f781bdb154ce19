using System.Collections.Immutable;
using System.Globalization;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>Orders the candidates by all their evidence and turns their scores into shares of belief.</summary>
internal sealed class SuspectRanking(GitRepository repository, Commit ran, DateTimeOffset? firstSeen, ReleaseWindow? window)
{
    /// <summary>Candidates whose size is looked at, and that an answer names.</summary>
    private const int MaxSized = 8;

    private const int MaxReasons = 5;

    /// <summary>Adds what concerns the commit as a whole, and gives the candidates, the most likely first, each with its share of belief.</summary>
    public async Task<ImmutableArray<(Candidate Candidate, double Belief)>> RankAsync(IEnumerable<Candidate> candidates, CancellationToken cancel)
    {
        var placed = candidates.Where(candidate => candidate.Foremost != int.MaxValue).ToList();
        Age(placed);
        foreach (var candidate in placed.OrderByDescending(candidate => candidate.Score).Take(MaxSized))
        {
            await SizeAsync(candidate, cancel);
        }

        var ordered = placed.OrderByDescending(candidate => candidate.Score).ThenBy(candidate => candidate.Commit.Id).ToArray();
        var total = Math.Exp(RankingWeights.NoneOfThem) + ordered.Sum(candidate => Math.Exp(candidate.Score));
        return [.. ordered.Select(candidate => (candidate, Math.Exp(candidate.Score) / total))];
    }

    /// <summary>The strongest reasons that speak for a candidate, then when it landed, then what speaks against it.</summary>
    public ImmutableArray<string> Reasons(Candidate candidate)
    {
        var told = candidate.Features
            .Where(feature => feature.Reason.Length > 0 && feature.Kind != FeatureKind.InFile && (feature.Kind != FeatureKind.NearLine || !candidate.Has(FeatureKind.OwnsLine)))
            .ToArray();
        return [.. told.Where(feature => feature.Score > 0).OrderBy(feature => feature.Kind is FeatureKind.InRelease or FeatureKind.Recent).Take(MaxReasons).Concat(told.Where(feature => feature.Score < 0)).Select(feature => feature.Reason), Landed(candidate.Commit)];
    }

    private void Age(List<Candidate> candidates)
    {
        foreach (var candidate in candidates)
        {
            var commit = candidate.Commit;
            if (window is not null)
            {
                var inside = window.Contains(commit.Id);
                candidate.Add(new Feature(
                    FeatureKind.InRelease, inside ? RankingWeights.InRelease : -RankingWeights.InRelease / 2, inside ? "came with this release" : "was there before this release"));
            }
            else
            {
                var age = Math.Max(0, (ran.CommittedAt - commit.CommittedAt) / RankingWeights.RecentHalfLife);
                candidate.Add(new Feature(FeatureKind.Recent, RankingWeights.Recent * Math.Pow(2, -age), age < 1 ? "landed shortly before the revision that ran" : ""));
            }
        }
    }

    private async Task SizeAsync(Candidate candidate, CancellationToken cancel)
    {
        var files = 0;
        await foreach (var _ in repository.DiffAsync(candidate.Commit.Parents.IsEmpty ? null : candidate.Commit.Parents[0], candidate.Commit.Id, cancel))
        {
            files++;
        }

        if (files >= RankingWeights.SweepFiles)
        {
            candidate.Add(new Feature(
                FeatureKind.Sweep, RankingWeights.Sweep, string.Create(CultureInfo.InvariantCulture, $"but touched {files} files at once, as moves and sweeps do")));
        }
    }

    private string Landed(Commit commit)
    {
        var (until, what) = firstSeen is { } seen ? (seen, "first seen") : (ran.CommittedAt, "the revision that ran");
        var age = until - commit.CommittedAt;
        var told = age.TotalDays >= 1 ? Words.Count((long)age.TotalDays, "day") : age.TotalHours >= 1 ? Words.Count((long)age.TotalHours, "hour") : Words.Count((long)Math.Max(0, age.TotalMinutes), "minute");
        return $"landed {told} before {what}";
    }
}
