using System.Collections.Immutable;
using Airworthy.Feedback;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Journeys.Intake;

/// <summary>
/// Finds the place in a trace that a change is to blame for. The frame that threw may be an innocent guard: what counts is the foremost
/// frame whose line the change wrote, else the foremost whose function it wrote in.
/// </summary>
internal static class FailureSites
{
    /// <summary>The place; null when no frame is the repository's own.</summary>
    public static async Task<FailureSite?> FindAsync(
        GitRepository git, CommitId revision, Attribution attribution, CommitId culprit, string? exceptionType, CancellationToken cancel)
    {
        var own = attribution.Frames.Where(frame => frame is { InApp: true, Path: not null }).ToArray();
        if (own.Length == 0)
        {
            return null;
        }

        var frame = await OwnedAsync(git, revision, own, culprit, cancel) ?? own[0];
        var refusedBy = Refusing(attribution.Frames);
        var refusal = refusedBy is null ? Refusal.None : refusedBy == frame ? Refusal.Own : Refusal.Callee;
        return new FailureSite(frame, refusal, refusedBy, exceptionType, await AddedAsync(git, culprit, frame.Path!.Value, cancel));
    }

    private static async Task<ResolvedFrame?> OwnedAsync(
        GitRepository git, CommitId revision, ResolvedFrame[] own, CommitId culprit, CancellationToken cancel)
    {
        ResolvedFrame? inFunction = null;
        var origins = new Dictionary<RepoPath, FileOrigins?>();
        foreach (var frame in own)
        {
            var path = frame.Path!.Value;
            if (!origins.TryGetValue(path, out var file))
            {
                origins.Add(path, file = await git.Lines.OriginsAsync(path, revision, cancel));
            }

            var lines = (file?.Runs ?? []).Where(run => run.Commit == culprit).Select(run => run.Span).ToArray();
            if (frame.Line is { } line && lines.Any(span => span.Contains(line)))
            {
                return frame;
            }

            inFunction ??= frame.Unit is { } unit && lines.Any(unit.Span.Overlaps) ? frame : null;
        }

        return inFunction;
    }

    /// <summary>
    /// The repository's frame that threw by itself, directly or by a guard clause of the framework. What a throw helper throws for the
    /// framework's own collections is no refusal of the repository's.
    /// </summary>
    private static ResolvedFrame? Refusing(ImmutableArray<ResolvedFrame> frames) =>
        frames.FirstOrDefault(frame => frame.InApp || !IsGuardClause(frame.Frame)) is { InApp: true } thrower ? thrower : null;

    private static bool IsGuardClause(StackFrame frame) =>
        frame is { IsThrowHelper: true, Symbol: { } symbol } && !symbol.Contains("ThrowHelper", StringComparison.Ordinal);

    private static async Task<ImmutableArray<string>> AddedAsync(GitRepository git, CommitId commit, RepoPath path, CancellationToken cancel)
    {
        var added = ImmutableArray.CreateBuilder<string>();
        var parents = (await git.CommitAsync(commit, cancel)).Parents;
        await foreach (var file in git.DiffAsync(parents.IsEmpty ? null : parents[0], commit, cancel))
        {
            if (file.NewPath == path)
            {
                added.AddRange(file.Hunks.SelectMany(hunk => hunk.Added));
            }
        }

        return added.ToImmutable();
    }
}
