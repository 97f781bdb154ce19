using System.Collections.Concurrent;
using System.Collections.Immutable;
using Airworthy.Model;
using Airworthy.Probation;

namespace Airworthy.Storage;

/// <summary>
/// Reads changes. What a change is (its title, commits and authorship) is parsed once for each version of it; where it stands is read each time, for other servers
/// move it too.
/// </summary>
internal sealed class ChangeReader(Database database)
{
    private const int MostKept = 100_000;
    private const int FewUnread = 16;

    private readonly ConcurrentDictionary<(string Repository, string Id), Content> _kept = new();

    /// <summary>The changes that a clause of SQL after <c>FROM changes</c> chooses, in its order.</summary>
    public async Task<IReadOnlyList<TrackedChange>> ReadAsync(string clause, object parameters, CancellationToken cancel)
    {
        var standings = await database.ReadAsync<StandingRow>(
            $"SELECT repository AS Repository, id AS Id, version AS Version, state AS State, since AS Since FROM changes {clause}", parameters, cancel);
        var contents = new Dictionary<(string, string), Content>(standings.Count);
        foreach (var row in standings)
        {
            if (_kept.TryGetValue(row.Key, out var kept) && kept.Version == row.Version)
            {
                contents[row.Key] = kept;
            }
        }

        if (standings.Count - contents.Count > FewUnread)
        {
            await LearnAsync(clause, parameters, contents, cancel);
        }

        // What the clause does not choose any more is among these, too: it moved since.
        foreach (var row in standings.Where(row => !contents.ContainsKey(row.Key)))
        {
            await LearnAsync("WHERE repository = @Repository AND id = @Id", new { row.Repository, row.Id }, contents, cancel);
        }

        return [.. standings.Select(row => row.ToTrackedChange(contents[row.Key]))];
    }

    /// <summary>Reads what changes are. Commits are read after the versions: they may be later ones, and are read again then, but never earlier ones.</summary>
    private async Task LearnAsync(string clause, object parameters, Dictionary<(string Repository, string Id), Content> contents, CancellationToken cancel)
    {
        var rows = await database.ReadAsync<ContentRow>(
            $"""
            SELECT repository AS Repository, id AS Id, version AS Version, title AS Title, landed AS Landed, pull_request AS PullRequest, landed_at AS LandedAt,
                   authorship AS Authorship
            FROM changes {clause}
            """,
            parameters,
            cancel);
        var owned = await database.ReadAsync<CommitRow>(
            $"""
            SELECT c.repository AS Repository, c.change AS Change, c.sha AS Sha
            FROM change_commits c JOIN (SELECT repository, id FROM changes {clause}) s ON c.repository = s.repository AND c.change = s.id
            ORDER BY c.position
            """,
            parameters,
            cancel);
        var commits = owned.ToLookup(row => (row.Repository, row.Change), row => CommitId.Parse(row.Sha));
        if (_kept.Count + rows.Count > MostKept)
        {
            _kept.Clear();
        }

        foreach (var row in rows)
        {
            contents[(row.Repository, row.Id)] = _kept[(row.Repository, row.Id)] = row.ToContent([.. commits[(row.Repository, row.Id)]]);
        }
    }

    /// <summary>What a change is, as of one version.</summary>
    private sealed record Content(long Version, string Repository, Change Change, Authorship Authorship);

    private sealed class StandingRow
    {
        public required string Repository { get; init; }

        public required string Id { get; init; }

        public long Version { get; init; }

        public required string State { get; init; }

        public long Since { get; init; }

        public (string Repository, string Id) Key => (Repository, Id);

        public TrackedChange ToTrackedChange(Content content) =>
            new(content.Repository, content.Change, content.Authorship, Enum.Parse<ChangeState>(State), Instant.FromMicroseconds(Since));
    }

    private sealed class ContentRow
    {
        public required string Repository { get; init; }

        public required string Id { get; init; }

        public long Version { get; init; }

        public required string Title { get; init; }

        public required string Landed { get; init; }

        public long? PullRequest { get; init; }

        public long LandedAt { get; init; }

        public required string Authorship { get; init; }

        public Content ToContent(ImmutableArray<CommitId> commits) => new(
            Version,
            Repository,
            new Change(new ChangeId(Id), Title, CommitId.Parse(Landed), commits, (int?)PullRequest, Instant.FromMicroseconds(LandedAt)),
            ModelJson.Read<Authorship>(Authorship));
    }

    private sealed class CommitRow
    {
        public required string Repository { get; init; }

        public required string Change { get; init; }

        public required string Sha { get; init; }
    }
}
