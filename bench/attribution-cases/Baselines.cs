using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.AttributionCases;

/// <summary>What simpler rules answer: the owner of the first in-app line, and the newest owner of any in-app line.</summary>
internal static class Baselines
{
    public static async Task<(CommitId? TopFrame, CommitId? Newest)> OfAsync(GitRepository repository, CommitId revision, IEnumerable<ResolvedFrame> frames)
    {
        CommitId? top = null;
        Commit? newest = null;
        foreach (var frame in frames.Where(frame => frame is { InApp: true, Path: not null }))
        {
            var line = frame.Line ?? frame.Frame.Line;
            if (await repository.Lines.OriginsAsync(frame.Path!.Value, revision, CancellationToken.None) is not { } origins
                || origins.Runs.Where(run => line is { } at && run.Span.Contains(at)).Select(run => (CommitId?)run.Commit).FirstOrDefault() is not { } owner)
            {
                continue;
            }

            top ??= owner;
            var commit = await repository.CommitAsync(owner, CancellationToken.None);
            newest = newest is null || commit.CommittedAt > newest.CommittedAt ? commit : newest;
        }

        return (top, newest?.Id);
    }
}
