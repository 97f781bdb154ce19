using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>A commit as git stores it.</summary>
/// <param name="Id">Its object name.</param>
/// <param name="Parents">Its parents, the first one first; none for a root.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="AuthoredAt">The author's own date: may be any, never used for order.</param>
/// <param name="Committer">Who committed it.</param>
/// <param name="CommittedAt">The committer's date.</param>
/// <param name="Message">The whole message, decoded by the commit's own encoding.</param>
public sealed record Commit(
    CommitId Id,
    ImmutableArray<CommitId> Parents,
    Identity Author,
    DateTimeOffset AuthoredAt,
    Identity Committer,
    DateTimeOffset CommittedAt,
    string Message)
{
    /// <summary>The first line of the message.</summary>
    public string Subject => Message.AsSpan().IndexOf('\n') is var end and >= 0 ? Message[..end].TrimEnd() : Message.TrimEnd();

    /// <summary>All after the first line.</summary>
    public string Body => Message.AsSpan().IndexOf('\n') is var end and >= 0 ? Message[(end + 1)..] : "";
}
