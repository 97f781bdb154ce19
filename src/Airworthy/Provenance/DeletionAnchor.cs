using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>
/// Where a commit that only deleted left its mark: between two lines of a file, as they stand after it. The mark lives as long as the two
/// still follow each other.
/// </summary>
/// <param name="Commit">The commit that deleted.</param>
/// <param name="Path">The file.</param>
/// <param name="Before">The line above the deletion; 0 where it was at the top.</param>
/// <param name="After">The line below it; 0 where it was at the end.</param>
public sealed record DeletionAnchor(CommitId Commit, RepoPath Path, int Before, int After)
{
    private readonly record struct Origin(CommitId Commit, RepoPath Path, int Line);

    /// <summary>The places where a commit deleted; none of a merge, nor when it added a line anywhere, for then its lines tell whether it lives.</summary>
    public static async Task<ImmutableArray<DeletionAnchor>> ReadAsync(GitRepository repository, CommitId commit, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var parents = (await repository.CommitAsync(commit, cancel)).Parents;
        if (parents.Length > 1)
        {
            return [];
        }

        var anchors = ImmutableArray.CreateBuilder<DeletionAnchor>();
        var adds = false;
        await foreach (var file in repository.ChangesAsync(commit, parents.IsEmpty ? null : parents[0], cancel))
        {
            // Read to its end all the same: one process answers for many commits.
            adds |= file.Hunks.Any(hunk => hunk.NewCount > 0);
            if (!adds && file.NewPath is { } path && await LengthAsync(repository, path, commit, cancel) is { } length)
            {
                anchors.AddRange(file.Hunks.Select(hunk => new DeletionAnchor(commit, path, hunk.NewStart, hunk.NewStart < length ? hunk.NewStart + 1 : 0)));
            }
        }

        return adds ? [] : anchors.DrainToImmutable();
    }

    /// <summary>True when the place still is inside of <paramref name="span"/> of <paramref name="path"/> at <paramref name="revision"/>.</summary>
    public async Task<bool> LivesAsync(GitRepository repository, RepoPath path, LineSpan span, CommitId revision, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(repository);
        if (await repository.Lines.OriginsAsync(Path, Commit, cancel) is not { } then || await repository.Lines.OriginsAsync(path, revision, cancel) is not { } now)
        {
            return false;
        }

        var (before, after) = (At(then, Before), At(then, After));
        var length = now.Lines;
        for (var line = Math.Max(0, span.Start - 1); line <= Math.Min(span.End, length); line++)
        {
            if (At(now, line) == before && At(now, line < length ? line + 1 : 0) == after)
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<int?> LengthAsync(GitRepository repository, RepoPath path, CommitId commit, CancellationToken cancel) =>
        await repository.Lines.OriginsAsync(path, commit, cancel) is { } file ? file.Lines : null;

    private static Origin? At(FileOrigins file, int line)
    {
        foreach (var run in file.Runs)
        {
            if (run.Span.Contains(line))
            {
                return new Origin(run.Commit, run.OriginalPath, run.OriginalStart + line - run.Start);
            }
        }

        return null;
    }
}
