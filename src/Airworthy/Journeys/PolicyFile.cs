using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Policies;

namespace Airworthy.Journeys;

/// <summary>Reads the policy that a revision carries.</summary>
internal static class PolicyFile
{
    private const int LargestRead = 16 * 1024 * 1024;

    /// <summary>The policy in the tree of <paramref name="revision"/>, else the default one.</summary>
    /// <exception cref="FaultException">It can't be read as a policy.</exception>
    public static async Task<Policy> ReadAsync(GitRepository repository, CommitId revision, CancellationToken cancel)
    {
        if (await repository.ReadAsync(revision, Policy.FileName, LargestRead, cancel) is { } bytes)
        {
            return PolicyReader.Read(bytes, $"{Policy.FileName}@{revision.Short}");
        }

        return await repository.FileAsync(revision, Policy.FileName, cancel) switch
        {
            null => Policy.Default,
            { Size: > LargestRead } => throw new GateException(Fault.BadInput, $"{Policy.FileName} at {revision.Short} is too large to be a policy"),
            _ => throw new GateException(Fault.BadInput, $"the content of {Policy.FileName} at {revision.Short} is missing; see 'git fsck'"),
        };
    }
}
