using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance.Records;

/// <summary>
/// The checkpoints of Entire: a branch without history in common with the others, where <c>ab/cdef012345/0/metadata.json</c> tells of the first
/// session behind the commits whose trailer names checkpoint <c>abcdef012345</c>.
/// </summary>
internal sealed class EntireSource : IRecordSource
{
    /// <summary>The branch, without where it stands.</summary>
    public const string Branch = "entire/checkpoints/v1";

    /// <summary>The branch here, and as fetched.</summary>
    public static IReadOnlyList<string> Refs { get; } = [$"refs/heads/{Branch}", $"refs/remotes/*/{Branch}"];

    private const int IdLength = 12;

    public async Task<ICommitRecords?> OpenAsync(GitRepository repository, RecordRefs refs, CancellationToken cancel)
    {
        var checkpoints = new Dictionary<string, List<TreeFile>>(StringComparer.Ordinal);
        // The branch here comes first; one fetched adds what others recorded.
        var branches = refs.Below($"refs/heads/{Branch}")
            .Concat(refs.Below("refs/remotes").Where(branch => branch.Name.EndsWith($"/{Branch}", StringComparison.Ordinal)));
        foreach (var branch in branches.Where(branch => branch.Type == "commit"))
        {
            foreach (var checkpoint in (await repository.FilesAsync(CommitId.Parse(branch.Object), cancel)).GroupBy(IdOf, StringComparer.Ordinal))
            {
                if (checkpoint.Key.Length > 0)
                {
                    checkpoints.TryAdd(checkpoint.Key, [.. checkpoint]);
                }
            }
        }

        return checkpoints.Count > 0 ? new EntireRecords(repository, checkpoints) : null;
    }

    // ab/cdef012345/… is of abcdef012345.
    private static string IdOf(TreeFile file)
    {
        var path = file.Path.Value;
        return path.Length > IdLength + 2 && path[2] == '/' && path[IdLength + 1] == '/' ? path[..2] + path[3..(IdLength + 1)] : "";
    }
}
