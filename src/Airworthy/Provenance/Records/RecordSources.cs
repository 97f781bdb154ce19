using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Airworthy.Git;

namespace Airworthy.Provenance.Records;

/// <summary>The list of places where tools record who wrote what, beside the commits themselves.</summary>
internal static class RecordSources
{
    public static ImmutableArray<IRecordSource> All { get; } =
    [
        NoteSource.OfRef(GitAiNoteFormat.Ref, new GitAiNoteFormat(GitAiNoteFormat.Ref)),
        NoteSource.OfRefs(EarlyGitAiFormat.Prefix, new EarlyGitAiFormat()),
        NoteSource.OfRef(AgentBlameFormat.Ref, new AgentBlameFormat()),
        NoteSource.OfRef(WhoGitItFormat.Ref, new WhoGitItFormat()),
        new AgentTraceSource(),
        new EntireSource(),
    ];

    // Where the sources keep what they have, but for files of the history itself.
    private static readonly string[] s_refs =
        [GitAiNoteFormat.Ref, EarlyGitAiFormat.Prefix, AgentBlameFormat.Ref, WhoGitItFormat.Ref, .. EntireSource.Refs];

    /// <summary>A text that changes when records are added to <paramref name="repository"/>, or refs below <paramref name="others"/> change.</summary>
    public static async Task<string> StampAsync(GitRepository repository, IReadOnlyList<string> others, CancellationToken cancel)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, _, id) in await repository.ObjectsOfRefsAsync([.. s_refs, .. others], cancel))
        {
            digest.AppendData(Encoding.UTF8.GetBytes($"{id} {name}\n"));
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    /// <summary>Opens those that <paramref name="repository"/> has.</summary>
    public static async Task<ImmutableArray<ICommitRecords>> OpenAsync(GitRepository repository, CancellationToken cancel)
    {
        var open = await Task.WhenAll(All.Select(source => source.OpenAsync(repository, cancel)));
        return [.. open.OfType<ICommitRecords>()];
    }
}
