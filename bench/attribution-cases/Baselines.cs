using Airworthy.Git;
using Airworthy.Incidents;
using Airworthy.Model;

namespace Airworthy.AttributionCases;

/// <summary>What simpler rules answer: the owner of the first in-app line, and the newest owner of any in-app line.</summary>
internal static class Baselines
{
    public static async Task<(CommitId? TopFrame, CommitId? Newest)> OfAsync(
        GitRepository repository, SourceTree tree, IEnumerable<ResolvedFrame> frames, CancellationToken cancel)
    {
        CommitId? top = null;
        Commit? newest = null;
        foreach (var frame in frames.Where(frame => frame is { InApp: true, Path: not null }))
        {
            // As told, whatever function it stands in at this revision: the rules look no further.
            if ((frame.Line ?? frame.Frame.Line) is not { } line || await OwnerAsync(repository, tree, frame.Path!.Value, line, cancel) is not { } owner)
            {
                continue;
            }

            top ??= owner;
            var commit = await repository.CommitAsync(owner, cancel);
            newest = newest is null || commit.CommittedAt > newest.CommittedAt ? commit : newest;
        }

        return (top, newest?.Id);
    }

    private static async Task<CommitId?> OwnerAsync(GitRepository repository, SourceTree tree, RepoPath path, int line, CancellationToken cancel)
    {
        var runs = tree.Origins(path).Where(run => run.Span.Contains(line)).ToArray();
        if (runs.Length == 0 && await tree.ReadAsync(path, cancel) is { } file && line <= file.Lines.Length)
        {
            runs = [.. await repository.Lines.OriginsAsync(path, [new LineSpan(line, line)], tree.Revision, cancel)];
        }

        return runs.Length == 0 ? null : runs[0].Commit;
    }
}
