using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>
/// Weighs the in-app frames. A frame that only throws (a guard clause, a throw helper) did what it is for: the blame goes to the caller that
/// passed the bad argument, unless the guard is younger than that call.
/// </summary>
internal static class FrameWeights
{
    public static async Task<ImmutableArray<WeighedFrame>> OfAsync(
        ImmutableArray<ResolvedFrame> frames, GitRepository repository, SourceTree tree, CancellationToken cancel)
    {
        var own = frames.Select((frame, index) => (Frame: frame, Index: index)).Where(at => at.Frame is { InApp: true, Path: not null }).ToArray();
        var weighed = ImmutableArray.CreateBuilder<WeighedFrame>();
        var rank = 0;
        for (var i = 0; i < own.Length; i++)
        {
            var (frame, index) = own[i];
            var guard = rank == 0 && i + 1 < own.Length && await IsGuardAsync(frame, tree, cancel)
                && !await IsYoungerAsync(frame, own[i + 1].Frame, repository, tree, cancel);
            var weight = Math.Pow(RankingWeights.PerFrame, rank) * (guard ? RankingWeights.Guard : 1);
            weighed.Add(new WeighedFrame(frame, frame.Path!.Value, index, rank, weight, guard));
            rank += guard ? 0 : 1;
        }

        return weighed.ToImmutable();
    }

    private static async Task<bool> IsGuardAsync(ResolvedFrame frame, SourceTree tree, CancellationToken cancel)
    {
        if (frame.Frame.IsThrowHelper)
        {
            return true;
        }

        return frame.Line is { } line && await tree.ReadAsync(frame.Path!.Value, cancel) is { } file && Throws(file.Line(line).Trim());
    }

    private static bool Throws(string line) =>
        line.StartsWith("throw ", StringComparison.Ordinal) || line.StartsWith("raise ", StringComparison.Ordinal)
        || line.StartsWith("panic(", StringComparison.Ordinal) || line.Contains(" throw new ", StringComparison.Ordinal)
        || line.Contains(".ThrowIf", StringComparison.Ordinal) || line.Contains("throw new Argument", StringComparison.Ordinal);

    private static async Task<bool> IsYoungerAsync(
        ResolvedFrame guard, ResolvedFrame caller, GitRepository repository, SourceTree tree, CancellationToken cancel) =>
        await LandedAsync(guard, repository, tree, cancel) is { } threw && await LandedAsync(caller, repository, tree, cancel) is { } called && threw > called;

    private static async Task<DateTimeOffset?> LandedAsync(ResolvedFrame frame, GitRepository repository, SourceTree tree, CancellationToken cancel)
    {
        if (frame.Line is not { } line || await tree.ReadAsync(frame.Path!.Value, cancel) is not { Origins: { } origins })
        {
            return null;
        }

        foreach (var run in origins.Runs)
        {
            if (run.Span.Contains(line))
            {
                return (await repository.CommitAsync(run.Commit, cancel)).CommittedAt;
            }
        }

        return null;
    }
}
