using System.Collections.Immutable;
using System.Globalization;
using Airworthy.Code;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>
/// Finds the change behind a failure: blames at the revision that ran, ranks by evidence one can read out, and says plainly when the trace
/// does not tell. Who wrote a suspect is looked up when the ranking is done. See docs/design/attribution.md.
/// </summary>
/// <param name="repository">The repository of the service that failed.</param>
/// <param name="authorshipOf">Who wrote a commit.</param>
/// <param name="changeOf">Which change owns a commit.</param>
/// <param name="findingsOf">What production or a trial showed of a commit; null where nobody knows.</param>
public sealed class Attributor(
    GitRepository repository, AuthorshipLookup authorshipOf, ChangeLookup changeOf, FindingLookup? findingsOf = null)
{
    private const int MaxSuspects = 5;

    /// <summary>Suspects with less belief are not named.</summary>
    private const double LeastBelief = 0.01;

    /// <summary>Commits of the main line walked back from a branch's tip to when the failure was first seen.</summary>
    private const int MaxWalk = 5000;

    private static readonly TimeSpan s_settled = TimeSpan.FromDays(365);

    /// <summary>The answer for one failure.</summary>
    public async Task<Attribution> AttributeAsync(AttributionQuery query, CancellationToken cancel)
    {
        var revision = await AtFirstSeenAsync(query, cancel);
        if (revision.Commit is not { } commit)
        {
            return Refuse(revision, [], "the revision that ran is not known: what the service reported names no commit of this repository (fetch it, or give --rev)");
        }

        var tree = await SourceTree.OpenAsync(repository, commit, cancel);
        var frames = await new FrameResolver(tree).ResolveAsync(query.Trace, cancel);
        var edits = await LookBackAsync(tree, frames, cancel);
        var weighed = await FrameWeights.OfAsync(frames, repository, tree, cancel);
        var outward = OutwardFailure.Describe(query.Trace);
        if (weighed.IsEmpty)
        {
            return Refuse(revision, frames, NoFrame(frames, tree, outward));
        }

        var ran = await repository.CommitAsync(commit, cancel);
        var window = query.PreviousRevision is { } before && await repository.IsAncestorAsync(before, commit, cancel)
            ? await ReleaseWindow.OpenAsync(repository, before, commit, cancel)
            : null;
        var search = await SearchAsync(query, tree, weighed, edits, cancel);
        if (outward is not null && !search.Candidates.Any(candidate => window?.Contains(candidate.Commit.Id) == true && OwnsLine(candidate)))
        {
            return Refuse(revision, frames, $"a failing dependency: {outward}, and no change of this release touched the call in {Where(weighed[0])}");
        }

        // Nothing of the release has to do with it: the cause was there before, and is sought as if the release were not known.
        var inRelease = window is not null && search.Candidates.Any(candidate => candidate.Frames > 0 && window.Contains(candidate.Commit.Id)) ? window : null;
        var ranking = new SuspectRanking(repository, tree, ran, query, inRelease, weighed, isOlder: window is not null && inRelease is null);
        var ranked = await ranking.RankAsync(search.Candidates, cancel);
        if (WhyNone(ranked, search, window, ran, query.FirstSeen) is { } why)
        {
            return Refuse(revision, frames, why);
        }

        if (repository.CutOffAt.Contains(ranked[0].Candidate.Commit.Id))
        {
            return Refuse(
                revision, frames, $"the lines of {Where(weighed[0])} are as old as the clone's history or older, and {GitRepository.Deepen}");
        }

        var suspects = ImmutableArray.CreateBuilder<Suspect>();
        foreach (var (candidate, belief) in ranked.Where(at => at.Belief >= LeastBelief).Take(MaxSuspects))
        {
            var id = candidate.Commit.Id;
            var role = candidate.Foremost == 0 ? SuspectRole.Caused : SuspectRole.Exposed;
            suspects.Add(new Suspect(id, await changeOf(id, cancel), role, belief, Proof: null, ranking.Reasons(candidate), await authorshipOf(id, cancel))
            {
                Evidence = [.. candidate.Features.Where(feature => feature.Score != 0).Select(feature => new SuspectEvidence(Words.Of(feature.Kind), feature.Value, feature.Score))],
            });
        }

        return Answer(revision, frames, suspects.ToImmutable(), weighed[0], window);
    }

    /// <summary>The frames, the origins of their lines, and all candidates with what is known of them: for learning the weights.</summary>
    internal async Task<(ImmutableArray<ResolvedFrame> Frames, SourceTree Tree, ImmutableArray<Candidate> Candidates)> CandidatesAsync(AttributionQuery query, CancellationToken cancel)
    {
        var commit = query.Revision.Commit!.Value;
        var tree = await SourceTree.OpenAsync(repository, commit, cancel);
        var frames = await new FrameResolver(tree).ResolveAsync(query.Trace, cancel);
        var edits = await LookBackAsync(tree, frames, cancel);
        var weighed = await FrameWeights.OfAsync(frames, repository, tree, cancel);
        var search = await SearchAsync(query, tree, weighed, edits, cancel);
        var ranking = new SuspectRanking(repository, tree, await repository.CommitAsync(commit, cancel), query, window: null, weighed, isOlder: false);
        return (frames, tree, [.. (await ranking.RankAsync(search.Candidates, cancel)).Select(at => at.Candidate)]);
    }

    /// <summary>Finds where the lines come from that the foremost own frames lead to, and beside it what was done to their files of late.</summary>
    private async Task<IReadOnlyList<RecentEdit>> LookBackAsync(SourceTree tree, ImmutableArray<ResolvedFrame> frames, CancellationToken cancel)
    {
        ResolvedFrame[] own = [.. frames.Where(frame => frame is { InApp: true, Path: not null }).Take(CandidateSearch.MaxFrames)];
        var edits = RecentEdits.ReadAsync(repository, tree.Revision, [.. own.Select(frame => frame.Path!.Value).Distinct()], cancel);
        await Task.WhenAll(tree.BlameAsync(own, cancel), edits);
        return await edits;
    }

    private static bool OwnsLine(Candidate candidate) => candidate.Has(FeatureKind.OwnsLine) || candidate.Has(FeatureKind.OwnsCallerLine);

    private async Task<CandidateSearch> SearchAsync(
        AttributionQuery query, SourceTree tree, ImmutableArray<WeighedFrame> weighed, IReadOnlyList<RecentEdit> edits, CancellationToken cancel)
    {
        var search = new CandidateSearch(repository, tree, query.FirstSeen);
        await search.SearchAsync(weighed, edits, cancel);
        if (findingsOf is not null)
        {
            var units = weighed.Select(frame => frame.Frame.Unit?.Symbol).OfType<string>().ToHashSet(StringComparer.Ordinal);
            foreach (var candidate in search.Candidates.Where(candidate => candidate.Frames > 0))
            {
                foreach (var finding in (await findingsOf(candidate.Commit.Id, cancel)).Where(finding => finding.Unit is not { } unit || units.Contains(unit)))
                {
                    candidate.Add(new Feature(finding.IsTrial ? FeatureKind.Trial : FeatureKind.Turned, 1, finding.Told));
                }
            }
        }

        return search;
    }

    /// <summary>
    /// The revision to blame at. A branch's tip may hold what came later: the main line is walked back to where it was when the failure was
    /// first seen.
    /// </summary>
    private async Task<DeployedRevision> AtFirstSeenAsync(AttributionQuery query, CancellationToken cancel)
    {
        if (query is not { Revision: { Degraded: true, Commit: { } tip }, FirstSeen: { } seen })
        {
            return query.Revision;
        }

        foreach (var id in (await repository.FirstParentLineAsync(tip, cancel)).Take(MaxWalk))
        {
            if ((await repository.CommitAsync(id, cancel)).CommittedAt <= seen)
            {
                return query.Revision with { Commit = id };
            }
        }

        return query.Revision;
    }

    /// <summary>Why no frame is the repository's own.</summary>
    private static string NoFrame(ImmutableArray<ResolvedFrame> frames, SourceTree tree, string? outward)
    {
        var ambiguous = frames.FirstOrDefault(frame => tree.Paths.Resolve(frame.Frame.File).IsAmbiguous);
        if (ambiguous is not null)
        {
            return $"no frame is in this repository for certain: {ambiguous.Frame.File} may be any of {Number(tree.Paths.Resolve(ambiguous.Frame.File).Candidates)} files";
        }

        var count = frames.Length == 1 ? "the only frame is" : $"all {Number(frames.Length)} frames are";
        var owners = frames.Select(frame => frame.Frame.Symbol).Where(FrameworkCode.Owns).Select(Namespace).Distinct(StringComparer.Ordinal).Take(3).ToArray();
        return owners.Length == 0
            ? $"{count} outside this repository at the revision that ran"
            : $"{count} outside this repository ({string.Join(", ", owners)})" + (outward is null ? "" : $": a failing dependency, {outward}");
    }

    private static string? WhyNone(
        ImmutableArray<(Candidate Candidate, double Belief)> ranked, CandidateSearch search, ReleaseWindow? window, Commit ran, DateTimeOffset? firstSeen)
    {
        if (ranked.IsEmpty)
        {
            return search.CutByTime > 0
                ? $"all {Number(search.CutByTime)} commits that own the trace's lines landed after it was first seen ({firstSeen:yyyy-MM-dd HH:mm} UTC)"
                : "no commit owns the trace's lines: neither its lines nor its functions are in the files at the revision that ran";
        }

        if (window is not null && ranked.All(at => !window.Contains(at.Candidate.Commit.Id) && ran.CommittedAt - at.Candidate.Commit.CommittedAt > s_settled))
        {
            return $"none of the {Number(window.Count)} commits of this release touched the trace's functions, and their lines are all older than a year: look at what changed outside the code";
        }

        return ranked[0].Belief < RankingWeights.Ambiguous
            ? $"{Number(ranked.Length)} commits wrote parts of the trace's functions and nothing tells them apart"
            : null;
    }

    private static Attribution Answer(
        DeployedRevision revision, ImmutableArray<ResolvedFrame> frames, ImmutableArray<Suspect> suspects, WeighedFrame foremost, ReleaseWindow? window)
    {
        var first = suspects[0];
        if (first.Score >= RankingWeights.Attributed)
        {
            var shifted = foremost.IsGuard ? $"; {Where(foremost)} only refused what it was given" : "";
            shifted += window?.Contains(first.Commit) == false ? "; it was there before the last good release, so something else let it show now" : "";
            return new Attribution(AttributionVerdict.Attributed, first.Reasons[0] + shifted, first.Score, revision, frames, suspects);
        }

        var reason = suspects.Length > 1 && suspects[1].Score > first.Score / 2
            ? $"the evidence fits {first.Commit.Short} and {suspects[1].Commit.Short} nearly alike"
            : $"{first.Commit.Short} fits best, but the evidence is weak";
        return new Attribution(AttributionVerdict.Ambiguous, reason, first.Score, revision, frames, suspects);
    }

    private static Attribution Refuse(DeployedRevision revision, ImmutableArray<ResolvedFrame> frames, string reason) =>
        new(AttributionVerdict.NotAttributable, reason, 0, revision, frames, []);

    private static string Where(WeighedFrame frame) => frame.Frame.Unit?.Name ?? frame.Path.Display;

    private static string Namespace(string? symbol) => string.Join('.', (symbol ?? "").Split('.').SkipLast(2).Take(3)) is { Length: > 0 } name ? name : symbol ?? "";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
