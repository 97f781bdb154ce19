using System.Runtime.CompilerServices;
using Airworthy.Git;
using Airworthy.Provenance;

namespace Airworthy.Journeys;

/// <summary>Who wrote each commit of a range: <c>airworthy commits</c>.</summary>
public static class CommitsJourney
{
    /// <summary>Every commit that <c>git rev-list</c> gives for <paramref name="range"/>, newest first.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="range">A revision, or <c>A..B</c>. Its, or B's, first-parent line is the main line.</param>
    /// <param name="authorship">Reads who wrote them; tells afterwards which notes were unreadable.</param>
    /// <param name="cancel">Ends the walk.</param>
    /// <exception cref="GitException">A revision names no commit.</exception>
    public static async IAsyncEnumerable<CommitsEntry> RunAsync(
        GitRepository repository, string range, AuthorshipReader authorship, [EnumeratorCancellation] CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(authorship);
        var tip = await repository.ResolveAsync(Tip(range), cancel);
        var changes = await ChangeIndex.ReadAsync(repository, tip, cancel);
        await foreach (var commit in repository.HistoryAsync(range, cancel))
        {
            yield return new CommitsEntry(commit, changes.Of(commit.Id)!.Id, await authorship.OfAsync(commit, cancel));
        }
    }

    private static string Tip(string range)
    {
        var dots = range.IndexOf("..", StringComparison.Ordinal);
        var tip = dots < 0 ? range : range[(dots + 2)..];
        return tip.Length == 0 ? "HEAD" : tip;
    }
}
