using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Provenance;

namespace Airworthy.Journeys.Probation;

/// <summary>Finds where a change lives that only deleted: in the functions around the places of its deletions, as long as those are there.</summary>
internal sealed class DeletionPlaces(GitRepository git)
{
    // Read once for each change; a repository that is new has many.
    private const int MostReadAtOnce = 50;
    private readonly Dictionary<ChangeId, ImmutableArray<DeletionAnchor>> _anchors = [];
    private readonly Dictionary<(ChangeId Change, long Place, string Part), bool> _lives = [];
    private int _read;

    /// <summary>Begins a round: what is not known yet is read, up to a number.</summary>
    public void Begin() => _read = 0;

    /// <summary>The places where a change without living lines lives; none for one that added any.</summary>
    public async Task<IReadOnlyList<WatchedPlace>> OfAsync(Change change, ILookup<RepoPath, WatchedPlace> byPath, LandedCommits landed, CancellationToken cancel)
    {
        var found = new List<WatchedPlace>();
        foreach (var anchor in await AnchorsAsync(change, cancel))
        {
            foreach (var place in byPath[anchor.Path])
            {
                if (!_lives.TryGetValue((change.Id, place.Id, place.Part), out var lives))
                {
                    lives = await landed.AreInAsync(change.Landed, place.Revision, cancel)
                        && await anchor.LivesAsync(git, place.Unit.Path, place.Unit.Span, place.Revision, cancel);
                    _lives[(change.Id, place.Id, place.Part)] = lives;
                }

                if (lives)
                {
                    found.Add(place);
                }
            }
        }

        return [.. found.Distinct()];
    }

    private async Task<ImmutableArray<DeletionAnchor>> AnchorsAsync(Change change, CancellationToken cancel)
    {
        if (_anchors.TryGetValue(change.Id, out var known) || _read >= MostReadAtOnce)
        {
            return known.IsDefault ? [] : known;
        }

        _read++;
        var anchors = ImmutableArray.CreateBuilder<DeletionAnchor>();
        foreach (var commit in change.Commits)
        {
            anchors.AddRange(await DeletionAnchor.ReadAsync(git, commit, cancel));
        }

        return _anchors[change.Id] = anchors.ToImmutable();
    }
}
