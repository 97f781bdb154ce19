using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Tests.Provenance;

/// <summary>Commits as git would give them, without a repository.</summary>
internal static class TestCommits
{
    public const string Person = "Ada Lovelace <ada@example.org>";

    public static Commit Commit(string message, string author = Person, string? committer = null, params CommitId[] parents) => new(
        Id(message + author + string.Concat(parents)),
        [.. parents],
        Identity(author),
        At(0),
        Identity(committer ?? author),
        At(0),
        message);

    public static CommitId Id(string seed) => CommitId.Parse(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seed))).AsSpan(0, 40));

    public static DateTimeOffset At(int minutes) =>
        DateTimeOffset.Parse("2026-05-04T03:02:01Z", CultureInfo.InvariantCulture).AddMinutes(minutes);

    public static ImmutableArray<Signal> Signals(Commit commit) => Airworthy.Provenance.SignalReaders.Read(commit);

    public static Authorship Authorship(Commit commit) => Airworthy.Provenance.AuthorshipRule.OfCommit(Signals(commit));

    private static Identity Identity(string text)
    {
        var open = text.LastIndexOf('<');
        return new Identity(text[..open].TrimEnd(), text[(open + 1)..].TrimEnd('>'));
    }
}
