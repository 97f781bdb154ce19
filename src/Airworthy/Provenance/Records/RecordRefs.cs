using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Airworthy.Git;

namespace Airworthy.Provenance.Records;

/// <summary>The refs of a repository that lead to records, as one look at it found them, and others that are asked for with them.</summary>
internal sealed class RecordRefs
{
    private readonly ImmutableArray<RefTarget> _refs;

    private RecordRefs(ImmutableArray<RefTarget> refs) => _refs = refs;

    /// <summary>A text that changes when records are added, or the other refs change.</summary>
    public string Stamp
    {
        get
        {
            using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var target in _refs)
            {
                digest.AppendData(Encoding.UTF8.GetBytes($"{target.Object} {target.Name}\n"));
            }

            return Convert.ToHexStringLower(digest.GetHashAndReset());
        }
    }

    /// <param name="repository">The repository.</param>
    /// <param name="others">Refs to be listed with those of the records, as <c>git for-each-ref</c> takes them.</param>
    /// <param name="cancel">Ends the reading.</param>
    public static async Task<RecordRefs> ReadAsync(GitRepository repository, IReadOnlyList<string> others, CancellationToken cancel) =>
        new(await repository.ObjectsOfRefsAsync([.. RecordSources.Refs, .. others], cancel));

    /// <summary>The ref of exactly this name, and those below it.</summary>
    public IEnumerable<RefTarget> Below(string name) =>
        _refs.Where(target => target.Name.StartsWith(name, StringComparison.Ordinal) && (target.Name.Length == name.Length || target.Name[name.Length] == '/'));
}
