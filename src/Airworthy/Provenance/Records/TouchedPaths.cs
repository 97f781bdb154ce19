using System.Runtime.InteropServices;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance.Records;

/// <summary>A history with the commits that touched some files, parents before children.</summary>
internal sealed class TouchedPaths
{
    // Steps that all questions of ancestry may take together: a log that names thousands of far revisions must not take for ever.
    private readonly long _mostSteps;

    private readonly List<(CommitId Id, int[] Parents)> _commits = [];
    private readonly Dictionary<CommitId, int> _places = [];
    private readonly Dictionary<RepoPath, List<int>> _touching = [];
    private long _steps;

    private TouchedPaths(long mostSteps) => _mostSteps = mostSteps;

    /// <param name="repository">The repository.</param>
    /// <param name="tip">Where the history ends.</param>
    /// <param name="paths">The files.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <param name="mostSteps">Steps that all questions may take; at least 1. The default value is 20 million.</param>
    public static async Task<TouchedPaths> ReadAsync(
        GitRepository repository, CommitId tip, IReadOnlySet<RepoPath> paths, CancellationToken cancel, long mostSteps = 20_000_000)
    {
        var history = new TouchedPaths(mostSteps);
        await foreach (var (id, parents, touched) in repository.TouchedAsync(tip, cancel))
        {
            var place = history._commits.Count;
            history._places[id] = place;
            history._commits.Add((id, [.. parents.Where(history._places.ContainsKey).Select(parent => history._places[parent])]));
            foreach (var path in touched.Where(paths.Contains))
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(history._touching, path, out _) ??= []).Add(place);
            }
        }

        return history;
    }

    /// <summary>The descendants of <paramref name="revision"/> that touched <paramref name="path"/> with their first parents, the first one first.</summary>
    public IEnumerable<(CommitId Commit, CommitId? Parent)> After(CommitId revision, RepoPath path)
    {
        if (!_places.TryGetValue(revision, out var from) || !_touching.TryGetValue(path, out var touching))
        {
            yield break;
        }

        var first = touching.BinarySearch(from);
        for (var i = first < 0 ? ~first : first + 1; i < touching.Count; i++)
        {
            if (Descends(touching[i], from))
            {
                var (id, parents) = _commits[touching[i]];
                yield return (id, parents.Length == 0 ? null : _commits[parents[0]].Id);
            }
        }
    }

    // Walks up from the younger, never past the older's place: no commit there can descend from it.
    private bool Descends(int younger, int older)
    {
        var seen = new HashSet<int>();
        var open = new Stack<int>([younger]);
        while (open.TryPop(out var place))
        {
            if (place == older)
            {
                return true;
            }

            if (place > older && seen.Add(place) && ++_steps < _mostSteps)
            {
                foreach (var parent in _commits[place].Parents)
                {
                    open.Push(parent);
                }
            }
        }

        return false;
    }
}
