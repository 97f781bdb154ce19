using System.Text;
using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>Reads the name of one commit as a person gives it, and tells precisely why it is none.</summary>
public static class CommitName
{
    private const int LongestName = 1024;
    private const int CandidatesTold = 4;
    private const int CandidatesRead = 64;

    // What git takes for an abbreviation.
    private const int ShortestAbbreviation = 4;

    /// <summary>The commit that <paramref name="name"/> names: by object name, abbreviated or not, branch or tag.</summary>
    /// <exception cref="GitException">It names none, several, or something that is no commit.</exception>
    public static async Task<CommitId> ReadAsync(GitRepository repository, string name, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(repository);
        ArgumentNullException.ThrowIfNull(name);
        if (await repository.TryResolveAsync(name, cancel) is { } commit)
        {
            return commit;
        }

        if (name.Length <= LongestName && !name.AsSpan().ContainsAny('\n', '\0'))
        {
            await RefuseOtherObjectAsync(repository, name, cancel);
            await RefuseAmbiguousAsync(repository, name, cancel);
        }

        return await repository.ResolveAsync(name, cancel);
    }

    private static async Task RefuseOtherObjectAsync(GitRepository repository, string name, CancellationToken cancel)
    {
        var found = await AskAsync(repository, ["rev-parse", "--verify", "--quiet", "--end-of-options", name], cancel);
        if (found is [var id] && CommitId.TryParse(id, out _) && await AskAsync(repository, ["cat-file", "-t", id], cancel) is [var type])
        {
            throw new GitException(
                Fault.Usage, $"'{name}' is a {type} in '{repository.Name}', not a commit; name a commit, a branch, or a tag of a commit");
        }
    }

    private static async Task RefuseAmbiguousAsync(GitRepository repository, string name, CancellationToken cancel)
    {
        if (name.Length < ShortestAbbreviation || !name.All(char.IsAsciiHexDigit))
        {
            return;
        }

        var commits = new List<CommitId>();
        foreach (var candidate in (await AskAsync(repository, ["rev-parse", $"--disambiguate={name}"], cancel)).Take(CandidatesRead))
        {
            if (CommitId.TryParse(candidate, out var id) && await repository.HoldsAsync(id, cancel))
            {
                commits.Add(id);
            }
        }

        if (commits.Count > 1)
        {
            var told = string.Join(", ", commits.Take(CandidatesTold).Select(id => id.Short)) + (commits.Count > CandidatesTold ? ", …" : "");
            throw new GitException(Fault.Usage, $"'{name}' is short for {commits.Count} commits in '{repository.Name}' ({told}); give more digits");
        }
    }

    private static async Task<string[]> AskAsync(GitRepository repository, IEnumerable<string> question, CancellationToken cancel)
    {
        var (output, _) = await GitProcess.RunAsync(repository.Directory, question, cancel);
        return output is null ? [] : Encoding.ASCII.GetString(output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
