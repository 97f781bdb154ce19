using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Incidents.Bisecting;
using Airworthy.Model;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Incidents.Bisecting;

public class CommitRangeTests
{
    private static readonly HashSet<CommitId> s_none = [];

    [Fact]
    public void In_any_graph_the_one_first_bad_commit_is_found()
    {
        // Commit i has up to two parents before it; the last reaches all. Bad is what descends from the culprit.
        var graphs = Gen.Int[2, 60].SelectMany(n => Gen.Select(Gen.Int[0, 1000].Array[n * 2], Gen.Int[0, n - 1], Gen.Int[1, 5], (edges, culprit, jobs) => (n, edges, culprit, jobs)));
        graphs.Sample(graph =>
        {
            var commits = Graph(graph.n, graph.edges);
            var bad = Descendants(commits, graph.culprit);
            var range = CommitRange.Of([.. commits.OrderBy(commit => commit.Id.Hex, StringComparer.Ordinal)]);
            if (!bad.Contains(commits[^1].Id))
            {
                return;
            }

            var tests = 0;
            while (range.Count > 1)
            {
                var points = range.Points(graph.jobs, s_none);
                Assert.NotEmpty(points);
                Assert.Equal(points.Count, points.Distinct().Count());
                foreach (var point in points.Where(range.Contains))
                {
                    tests++;
                    (bad.Contains(point) ? (Action<CommitId>)range.Bad : range.Good)(point);
                }
            }

            Assert.Equal(commits[graph.culprit].Id, range.LastBad);
            Assert.True(tests <= graph.n, $"{tests} tests of {graph.n} commits");
        });
    }

    [Fact]
    public void A_long_stretch_that_can_not_be_tested_is_jumped_over()
    {
        // 4,000 commits in a line, the middle 2,000 of which can't be tested; the culprit is beyond them.
        var commits = Graph(4000, [.. Enumerable.Repeat(0, 8000)]);
        var range = CommitRange.Of(commits);
        var place = commits.Select((commit, i) => (commit.Id, i)).ToDictionary(at => at.Id, at => at.i);
        var tests = 0;
        while (range.Count > 1)
        {
            var point = Assert.Single(range.Points(1, s_none));
            tests++;
            if (place[point] is >= 1000 and < 3000)
            {
                range.Skip(point);
            }
            else if (place[point] >= 3500)
            {
                range.Bad(point);
            }
            else
            {
                range.Good(point);
            }
        }

        Assert.Equal(commits[3500].Id, range.LastBad);
        Assert.InRange(tests, 5, 40);
    }

    private static Commit[] Graph(int n, int[] edges)
    {
        var commits = new List<Commit>();
        for (var i = 0; i < n; i++)
        {
            // Always the one before, so that the last reaches all; and another one now and then.
            var parents = i == 0 ? [] : edges[2 * i] % 3 == 1 && i > 1 ? ImmutableArray.Create(i - 1, edges[(2 * i) + 1] % (i - 1)) : [i - 1];
            commits.Add(Made(i, [.. parents.Distinct().Select(parent => commits[parent].Id)]));
        }

        return [.. commits];
    }

    private static HashSet<CommitId> Descendants(Commit[] commits, int culprit)
    {
        var found = new HashSet<CommitId> { commits[culprit].Id };
        foreach (var commit in commits.Where(commit => commit.Parents.Any(found.Contains)))
        {
            found.Add(commit.Id);
        }

        return found;
    }

    private static Commit Made(int number, ImmutableArray<CommitId> parents)
    {
        var who = new Identity("Ada", "ada@example.org");
        return new Commit(CommitId.Parse(((uint)((number * 2654435761L) % uint.MaxValue)).ToString("x8") + number.ToString("x32")), parents, who, DateTimeOffset.UnixEpoch, who, DateTimeOffset.UnixEpoch, "");
    }
}
