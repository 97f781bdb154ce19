using System.Collections.Immutable;
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

    /// <summary>Where they keep what they have, but for files of the history itself.</summary>
    public static IReadOnlyList<string> Refs { get; } =
        [GitAiNoteFormat.Ref, EarlyGitAiFormat.Prefix, AgentBlameFormat.Ref, WhoGitItFormat.Ref, .. EntireSource.Refs];

    /// <summary>Opens those that <paramref name="repository"/> has.</summary>
    public static async Task<ImmutableArray<ICommitRecords>> OpenAsync(GitRepository repository, Task<RecordRefs> refs, CancellationToken cancel)
    {
        var listed = await refs;
        var open = await Task.WhenAll(All.Select(source => source.OpenAsync(repository, listed, cancel)));
        return [.. open.OfType<ICommitRecords>()];
    }
}
