using System.Globalization;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>
/// Gathers the commits that own, or wrote beside, the trace's lines, and the functions around them, and the latest that changed its files. Merges that add
/// no line of their own never own one; what landed after the failure was first seen is left out.
/// </summary>
internal sealed class CandidateSearch(GitRepository repository, SourceTree tree, DateTimeOffset? firstSeen)
{
    /// <summary>In-app frames looked at, innermost first.</summary>
    public const int MaxFrames = 12;

    /// <summary>A clock may be wrong by this much.</summary>
    private static readonly TimeSpan s_skew = TimeSpan.FromMinutes(5);

    private readonly Dictionary<CommitId, Candidate?> _candidates = [];

    /// <summary>Commits left out because they landed after the failure was first seen.</summary>
    public int CutByTime { get; private set; }

    public IEnumerable<Candidate> Candidates => _candidates.Values.OfType<Candidate>();

    /// <param name="frames">The in-app frames, innermost first.</param>
    /// <param name="edits">What was done of late to the files of the foremost.</param>
    /// <param name="cancel">Ends the search.</param>
    public async Task SearchAsync(IReadOnlyList<WeighedFrame> frames, IReadOnlyList<RecentEdit> edits, CancellationToken cancel)
    {
        WeighedFrame[] near = [.. frames.Take(MaxFrames)];
        await FetchAsync(near.SelectMany(frame => Near(frame)).Select(run => run.Commit).Distinct(), cancel);
        foreach (var frame in near)
        {
            foreach (var run in Near(frame))
            {
                if (await CandidateAsync(run.Commit, cancel) is { } candidate)
                {
                    Weigh(candidate, frame, run);
                }
            }

            await OwnershipAsync(frame, cancel);
        }

        foreach (var edit in edits)
        {
            Weigh(edit, near);
        }

        var functions = Math.Min(frames.Count, MaxFrames);
        foreach (var candidate in Candidates.Where(candidate => candidate.Frames > 0))
        {
            var reason = candidate.Frames > 1 ? string.Create(CultureInfo.InvariantCulture, $"wrote in {candidate.Frames} of the trace's {functions} functions") : "";
            candidate.Add(new Feature(FeatureKind.Frames, candidate.Frames / (double)functions, reason));
        }
    }

    /// <summary>The candidate for a commit; null when it is left out.</summary>
    private async Task<Candidate?> CandidateAsync(CommitId id, CancellationToken cancel)
    {
        if (!_candidates.ContainsKey(id))
        {
            Take(await repository.CommitAsync(id, cancel));
        }

        return _candidates[id];
    }

    /// <summary>Reads many commits by one process: a function of long standing has hundreds of owners.</summary>
    private async Task FetchAsync(IEnumerable<CommitId> ids, CancellationToken cancel)
    {
        await foreach (var commit in repository.CommitsAsync(ids.Where(id => !_candidates.ContainsKey(id)), cancel))
        {
            Take(commit);
        }
    }

    private void Take(Commit commit)
    {
        var late = firstSeen is { } seen && commit.CommittedAt > seen + s_skew;
        CutByTime += late ? 1 : 0;
        _candidates[commit.Id] = late ? null : new Candidate(commit);
    }

    private IEnumerable<LineRun> Near(WeighedFrame frame) =>
        tree.Origins(frame.Path).Where(run => IsNear(frame, run) || frame.Frame.Unit?.Span.Overlaps(run.Span) == true);

    /// <summary>What a late commit did to the files of the trace, whether a line of it is left or not.</summary>
    private void Weigh(RecentEdit edit, WeighedFrame[] frames)
    {
        if (!_candidates.ContainsKey(edit.Commit.Id))
        {
            Take(edit.Commit);
        }

        if (_candidates[edit.Commit.Id] is not { } candidate)
        {
            return;
        }

        foreach (var frame in frames.Where(frame => frame.Path == edit.Path))
        {
            candidate.Meets(frame);
            candidate.Add(new Feature(FeatureKind.TouchedFile, frame.Weight, ""));
            if (frame.Frame.Unit is not { } unit || !unit.Span.Overlaps(edit.Place))
            {
                continue;
            }

            candidate.Touches(frame);
            candidate.Add(new Feature(frame.Rank == 0 ? FeatureKind.ChangedFunction : FeatureKind.ChangedCaller, frame.Weight, $"changed {unit.Name}"));
            if (edit.TookAway)
            {
                candidate.Add(new Feature(FeatureKind.RemovedLines, frame.Weight, $"took lines away in {unit.Name}"));
            }
        }
    }

    private static bool IsNear(WeighedFrame frame, LineRun run) =>
        frame.Frame.Line is { } line && run.Start <= line + RankingWeights.NearLines && run.Span.End >= line - RankingWeights.NearLines;

    private static void Weigh(Candidate candidate, WeighedFrame frame, LineRun run)
    {
        if (frame.Frame.Line is not { } line)
        {
            return;
        }

        if (run.Span.Contains(line))
        {
            var role = frame.IsGuard ? "owns the guard that threw" : frame.Rank == 0 ? "owns the failing line" : "owns the line that called it";
            candidate.Add(new Feature(
                frame.Rank == 0 ? FeatureKind.OwnsLine : FeatureKind.OwnsCallerLine, frame.Weight, $"{role} {Place(frame, line)} (frame {Number(frame.Index)}, in-app)"));
            candidate.Touches(frame);
            return;
        }

        var distance = Math.Max(run.Start - line, line - run.Span.End);
        if (distance <= RankingWeights.NearLines && frame.InSameFunction(run.Span))
        {
            var nearness = 1 - ((distance - 1) / (double)RankingWeights.NearLines);
            candidate.Add(new Feature(
                frame.Rank == 0 ? FeatureKind.NearLine : FeatureKind.NearCallerLine, nearness * frame.Weight, $"wrote {Lines(distance)} from {Place(frame, line)} (frame {Number(frame.Index)})"));
            candidate.Touches(frame);
        }
    }

    /// <summary>The share of the frame's function that each commit wrote.</summary>
    private async Task OwnershipAsync(WeighedFrame frame, CancellationToken cancel)
    {
        if (frame.Frame.Unit is not { } unit)
        {
            return;
        }

        var owners = new List<(Candidate Candidate, int Lines)>();
        foreach (var owner in tree.Origins(frame.Path).Where(run => run.Span.Overlaps(unit.Span)).GroupBy(run => run.Commit))
        {
            if (await CandidateAsync(owner.Key, cancel) is { } candidate)
            {
                owners.Add((candidate, owner.Sum(run => Math.Min(run.Span.End, unit.Span.End) - Math.Max(run.Start, unit.Span.Start) + 1)));
            }
        }

        owners.Sort((left, right) => left.Candidate.Commit.CommittedAt.CompareTo(right.Candidate.Commit.CommittedAt));
        for (var i = 0; i < owners.Count; i++)
        {
            var (candidate, lines) = owners[i];
            candidate.Add(new Feature(
                frame.Rank == 0 ? FeatureKind.OwnsFunction : FeatureKind.OwnsCaller,
                Math.Sqrt(lines / (double)unit.Span.Count) * frame.Weight,
                string.Create(CultureInfo.InvariantCulture, $"wrote {lines} of the {unit.Span.Count} lines of {unit.Name}")));
            candidate.Add(new Feature(
                frame.Rank == 0 ? FeatureKind.LastInFunction : FeatureKind.LastInCaller,
                (owners.Count == 1 ? 0.5 : i / (double)(owners.Count - 1)) * frame.Weight,
                owners.Count > 1 && i == owners.Count - 1 ? $"the last to change {unit.Name}" : ""));
            candidate.Touches(frame);
        }
    }

    private static string Place(WeighedFrame frame, int line) => string.Create(CultureInfo.InvariantCulture, $"{frame.Path.Display}:{line}");

    private static string Lines(int distance) => distance == 1 ? "the line next" : string.Create(CultureInfo.InvariantCulture, $"a line {distance} lines");

    private static string Number(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);
}
