using Airworthy.Git;

namespace Airworthy.Provenance.Records;

/// <summary>A place in a repository, beside the commits themselves, where tools record who wrote what. All stand in <see cref="RecordSources.All"/>.</summary>
internal interface IRecordSource
{
    /// <summary>Opens it; null when the repository has no such place.</summary>
    Task<ICommitRecords?> OpenAsync(GitRepository repository, RecordRefs refs, CancellationToken cancel);
}
