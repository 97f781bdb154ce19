using System.Runtime.CompilerServices;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Provenance;

namespace Airworthy.Journeys;

/// <summary>Who wrote each commit of a range: <c>airworthy commits</c>.</summary>
public static class CommitsJourney
{
    /// <summary>Every commit that <c>git rev-list</c> gives for <paramref name="range"/>, newest first.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="range">A revision, or <c>A..B</c>. Its, or B's, first-parent line is the main line.</param>
    /// <param name="authors">Tells who wrote them; tells afterwards which notes were unreadable.</param>
    /// <param name="cancel">Ends the walk.</param>
    /// <exception cref="GitException">A revision names no commit.</exception>
    public static async IAsyncEnumerable<CommitsEntry> RunAsync(
        GitRepository repository, string range, DeclaredAuthors authors, [EnumeratorCancellation] CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(authors);
        var tip = await TipAsync(repository, range, cancel);
        var changes = await ChangeIndex.ReadAsync(repository, tip, authors.Reader, cancel);
        await foreach (var commit in repository.HistoryAsync(range, cancel))
        {
            yield return new CommitsEntry(commit, changes.Of(commit.Id)!.Id, await authors.OfAsync(commit, cancel));
        }
    }

    /// <summary>The commit that a range ends with.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="range">A revision, or <c>A..B</c>.</param>
    /// <param name="cancel">Ends the look-up.</param>
    /// <exception cref="GitException">It names no commit.</exception>
    public static Task<CommitId> TipAsync(GitRepository repository, string range, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(range);
        var dots = range.IndexOf("..", StringComparison.Ordinal);
        var tip = dots < 0 ? range : range[(dots + 2)..];
        return repository.ResolveAsync(tip.Length == 0 ? "HEAD" : tip, cancel);
    }
}
