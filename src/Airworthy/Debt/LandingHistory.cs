using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Debt;

/// <summary>
/// Gathers a history, in one pass over it, to tell when each of its commits reached the main line: add every commit, then ask for the
/// landings. Takes time linear in the number of commits, but for the sorting of their dates.
/// </summary>
public sealed class LandingHistory
{
    private readonly Dictionary<CommitId, (ImmutableArray<CommitId> Parents, DateTimeOffset CommittedAt)> _commits = [];

    /// <summary>Takes one commit of the history, in any order.</summary>
    public void Add(Commit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        _commits.TryAdd(commit.Id, (commit.Parents, commit.CommittedAt));
    }

    /// <summary>When each commit landed on the first-parent line of <paramref name="tip"/>, as told at <paramref name="now"/>.</summary>
    public Landings Of(CommitId tip, DateTimeOffset now)
    {
        var line = FirstParentLine(tip);
        var (times, disbelieved) = MonotoneDates.Of([.. line.Select(id => _commits[id].CommittedAt)], now);
        return new Landings(Own(line), times, disbelieved);
    }

    private List<CommitId> FirstParentLine(CommitId tip)
    {
        var line = new List<CommitId>();
        for (var at = (CommitId?)tip; at is { } id && _commits.TryGetValue(id, out var commit);)
        {
            line.Add(id);
            at = commit.Parents.IsEmpty ? null : commit.Parents[0];
        }

        line.Reverse();
        return line;
    }

    /// <summary>Each commit with the place of the oldest commit of the main line that has it in its history.</summary>
    private Dictionary<CommitId, int> Own(List<CommitId> line)
    {
        var places = new Dictionary<CommitId, int>(_commits.Count);
        var pending = new Stack<CommitId>();
        for (var place = 0; place < line.Count; place++)
        {
            pending.Push(line[place]);
            while (pending.TryPop(out var id))
            {
                if (_commits.TryGetValue(id, out var commit) && places.TryAdd(id, place))
                {
                    foreach (var parent in commit.Parents)
                    {
                        pending.Push(parent);
                    }
                }
            }
        }

        return places;
    }
}
