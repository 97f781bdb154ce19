using System.Collections.Immutable;
using Airworthy.Debt;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Journeys.Debts;

/// <summary>How many lines lived at the last releases and now, by who wrote them: those that had landed by then and had not ended. Add every lifetime.</summary>
internal sealed class DebtReleases
{
    private const int Most = 6;

    private readonly Landings _landings;
    private readonly (string Name, Landing At)[] _releases;
    private readonly Func<RepoPath, bool> _runs;
    private readonly Dictionary<RepoPath, bool> _known = [];
    private readonly long[,] _lines;

    private DebtReleases(Landings landings, (string Name, Landing At)[] releases, Func<RepoPath, bool> runs)
    {
        (_landings, _releases, _runs) = (landings, releases, runs);
        _lines = new long[releases.Length, Enum.GetValues<AuthorKind>().Length];
    }

    /// <summary>The releases are the tags of the history; of several that landed at once the first counts.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="revision">The revision that counts as now.</param>
    /// <param name="landings">When the commits of its history landed.</param>
    /// <param name="runs">Tells which files' lines count, by the path they were born under.</param>
    /// <param name="cancel">Ends the reading.</param>
    public static async Task<DebtReleases> FindAsync(
        GitRepository repository, CommitId revision, Landings landings, Func<RepoPath, bool> runs, CancellationToken cancel) => new(
        landings,
        [
            .. (await repository.TagsAsync(cancel))
                .Where(tag => landings.Holds(tag.Commit) && tag.Commit != revision)
                .Select(tag => (tag.Name, At: landings.Of(tag.Commit)))
                .DistinctBy(tag => tag.At.Place)
                .OrderBy(tag => tag.At.Place)
                .TakeLast(Most)
                .Append((Name: "now", At: landings.Of(revision))),
        ],
        runs);

    /// <summary>Takes some lines of a lifetime, which one author wrote.</summary>
    public void Add(LineLifetime life, int lines, AuthorKind by)
    {
        if (!_known.TryGetValue(life.Path, out var runs))
        {
            _known[life.Path] = runs = _runs(life.Path);
        }

        if (!runs)
        {
            return;
        }

        var (born, died) = (_landings.Of(life.Born).Place, life.Died is { } taken ? _landings.Of(taken).Place : int.MaxValue);
        for (var i = 0; i < _releases.Length; i++)
        {
            _lines[i, (int)by] += born <= _releases[i].At.Place && died > _releases[i].At.Place ? lines : 0;
        }
    }

    /// <summary>What was counted, the oldest release first.</summary>
    public ImmutableArray<DebtRelease> Found() =>
    [
        .. _releases.Select((release, i) => new DebtRelease(
            release.Name, release.At.At, _lines[i, (int)AuthorKind.Ai], _lines[i, (int)AuthorKind.Unknown], _lines[i, (int)AuthorKind.Human])),
    ];
}
