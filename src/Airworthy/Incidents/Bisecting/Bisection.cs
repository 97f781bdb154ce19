using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Statistics;

namespace Airworthy.Incidents.Bisecting;

/// <summary>
/// Finds the commit from which on a command fails, by running it: several revisions at once, over merges, past revisions that can't be tested, and with
/// a command that fails only sometimes. What it finds is proof, not suspicion. See docs/design/bisect.md.
/// </summary>
public sealed class Bisection
{
    /// <summary>The chance that any of its decisions is wrong, at most, where the command is flaky.</summary>
    private const double Error = 0.05;

    /// <summary>The difference of both ends must be less likely than this if there were none.</summary>
    private const double EndsAlike = 0.05;

    /// <summary>Runs at one revision, at most, in runs at each end.</summary>
    private const int RunsPerRepeat = 4;

    private readonly GitRepository _repository;
    private readonly BisectQuery _query;
    private readonly IProgress<string> _progress;
    private readonly BisectLog _log;
    private readonly RevisionBench _bench;
    private readonly Dictionary<CommitId, string> _outputs = [];
    private readonly Dictionary<CommitId, Verdict> _decided = [];
    private WaldTest? _test;
    private double _errorOfOne;

    private Bisection(GitRepository repository, BisectQuery query, IProgress<string> progress, BisectLog log)
    {
        (_repository, _query, _progress, _log) = (repository, query, progress, log);
        _bench = new RevisionBench(repository, query);
    }

    /// <summary>Runs it to its end. What was found is kept in the query's folder until then, so that the same query goes on after a stop.</summary>
    /// <exception cref="BisectException">Nothing can be found so: the command succeeds at the bad end, fails at the good one, or can't be run.</exception>
    /// <exception cref="GitException">The repository can't be read, or a revision not be checked out.</exception>
    public static async Task<BisectReport> RunAsync(GitRepository repository, BisectQuery query, IProgress<string> progress, CancellationToken cancel)
    {
        BisectReport report;
        using (var log = BisectLog.Open(query.WorkFolder))
        {
            report = await new Bisection(repository, query, progress, log).FindAsync(cancel);
        }

        Directory.Delete(query.WorkFolder, recursive: true);
        return report;
    }

    private async Task<BisectReport> FindAsync(CancellationToken cancel)
    {
        if (_log.Resumed > 0)
        {
            _progress.Report($"goes on with {Words.Count(_log.Resumed, "run")} of an earlier start");
        }

        var good = await StartAsync(cancel);
        var range = await CommitRange.OpenAsync(_repository, good, _query.Bad, cancel);
        var candidates = range.Count;
        if (candidates == 0)
        {
            throw new BisectException(Fault.Usage, $"{_query.Bad.Short} is in the history of {_query.Good.Short}: --bad must be the later one");
        }

        try
        {
            await EndsAsync(good, candidates, cancel);
        }
        catch (BisectException)
        {
            // A mended script must not meet what its forerunner left.
            _log.Forget();
            throw;
        }

        await NarrowAsync(range, cancel);
        return await ReportAsync(range, good, candidates, cancel);
    }

    /// <summary>Where good is on another branch than bad: the last commit they share, which must be good too.</summary>
    private async Task<CommitId> StartAsync(CancellationToken cancel)
    {
        if (await _repository.IsAncestorAsync(_query.Good, _query.Bad, cancel))
        {
            return _query.Good;
        }

        return await _repository.MergeBaseAsync(_query.Good, _query.Bad, cancel)
            ?? throw new BisectException(Fault.Usage, $"{_query.Good.Short} and {_query.Bad.Short} share no history");
    }

    private async Task EndsAsync(CommitId good, int candidates, CancellationToken cancel)
    {
        var (atGood, atBad) = (await EndAsync(good, cancel), await EndAsync(_query.Bad, cancel));
        if (_query.Repeat == 1)
        {
            RequireEnds(good, atGood.Failed == 0, atBad.Failed > 0);
            return;
        }

        var (low, high) = (Rate(atGood), Rate(atBad));
        if (high <= low || Likelihood(atGood, atBad) > EndsAlike)
        {
            throw new BisectException(
                Fault.Usage,
                $"the command failed in {atBad.Failed} of {atBad.Runs} runs at {_query.Bad.Short} and in {atGood.Failed} of {atGood.Runs} at {good.Short}: too alike to tell them apart; raise --repeat, or make it fail more often");
        }

        var rounds = Math.Ceiling(Math.Log(candidates + 1) / Math.Log(_query.Jobs + 1));
        _errorOfOne = Error / ((_query.Jobs * rounds) + _query.Jobs);
        _test = new WaldTest(low, high, _errorOfOne);
    }

    private void RequireEnds(CommitId good, bool goodHolds, bool badHolds)
    {
        if (!badHolds)
        {
            throw new BisectException(Fault.Usage, $"the command succeeds at --bad {_query.Bad.Short}: there is nothing to find");
        }

        if (!goodHolds)
        {
            throw new BisectException(
                Fault.Usage,
                good == _query.Good
                    ? $"the command fails at --good {good.Short} too: give an older one"
                    : $"the command fails at {good.Short}, where --good and --bad part: it was there before, and was mended on the way to --good");
        }
    }

    /// <summary>The runs at one end; both must be testable.</summary>
    private async Task<RunTally> EndAsync(CommitId commit, CancellationToken cancel)
    {
        var tree = await _repository.TreeAsync(commit, cancel);
        var why = await MoreAsync(commit, tree, tally => tally.Runs >= _query.Repeat, cancel);
        return why is null
            ? _log.TallyOf(tree)
            : throw new BisectException(Fault.Usage, $"{commit.Short} can't be tested: {why}; both ends must be");
    }

    private async Task NarrowAsync(CommitRange range, CancellationToken cancel)
    {
        var running = new Dictionary<CommitId, (Task<Verdict> Test, CancellationTokenSource Stop)>();
        try
        {
            while (range.Count > 1)
            {
                foreach (var point in range.Points(_query.Jobs, running.Keys.ToHashSet()).Take(_query.Jobs - running.Count))
                {
                    var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                    running.Add(point, (DecideAsync(point, stop.Token), stop));
                }

                if (running.Count == 0)
                {
                    return;
                }

                var done = await Task.WhenAny(running.Values.Select(run => run.Test));
                var commit = running.First(run => run.Value.Test == done).Key;
                running.Remove(commit, out var ended);
                ended.Stop.Dispose();
                Take(range, commit, await done);
                foreach (var (idle, run) in running.Where(run => !range.Contains(run.Key) || run.Key == range.LastBad).ToList())
                {
                    running.Remove(idle);
                    await StopAsync(run.Test, run.Stop);
                }
            }
        }
        finally
        {
            foreach (var (test, stop) in running.Values)
            {
                await StopAsync(test, stop);
            }
        }
    }

    private void Take(CommitRange range, CommitId commit, Verdict verdict)
    {
        _decided[commit] = verdict;
        switch (verdict)
        {
            case Verdict.Bad:
                range.Bad(commit);
                break;
            case Verdict.Good:
                range.Good(commit);
                break;
            default:
                range.Skip(commit);
                break;
        }

        _progress.Report($"{commit.Short} {(verdict == Verdict.Skip ? "can't be tested" : verdict == Verdict.Bad ? "bad" : "good")}; {Words.Count(range.Count, "commit")} left");
    }

    private async Task<Verdict> DecideAsync(CommitId commit, CancellationToken cancel)
    {
        var tree = await _repository.TreeAsync(commit, cancel);
        if (_log.Untestable(tree) is not null)
        {
            return Verdict.Skip;
        }

        var most = _query.Repeat == 1 ? 1 : _query.Repeat * RunsPerRepeat;
        var why = await MoreAsync(commit, tree, tally => tally.Runs >= most || Of(tally) is not null, cancel);
        return why is null && Of(_log.TallyOf(tree)) is { } bad ? (bad ? Verdict.Bad : Verdict.Good) : Verdict.Skip;
    }

    /// <summary>True: it is bad; false: good; null: not told yet.</summary>
    private bool? Of(RunTally tally) => _test is { } test ? test.Decide(tally.Failed, tally.Passed) : tally.Runs == 0 ? null : tally.Failed > 0;

    /// <summary>Runs the command at a revision until it is enough. Gives why the revision can't be tested; null when it can.</summary>
    private async Task<string?> MoreAsync(CommitId commit, string tree, Func<RunTally, bool> enough, CancellationToken cancel)
    {
        if (enough(_log.TallyOf(tree)))
        {
            return null;
        }

        var (place, why) = await _bench.ReadyAsync(commit, cancel);
        try
        {
            while (why is null && !enough(_log.TallyOf(tree)))
            {
                var (failed, output) = await _bench.RunAsync(place, cancel);
                if (failed is { } bad)
                {
                    _log.Ran(tree, bad);
                    if (bad)
                    {
                        lock (_outputs)
                        {
                            _outputs[commit] = output;
                        }
                    }
                }
                else
                {
                    why = output;
                }
            }
        }
        finally
        {
            _bench.Give(place);
        }

        if (why is not null)
        {
            _log.CannotTest(tree, why);
            _progress.Report($"{commit.Short} can't be tested: {why}");
        }

        return why;
    }

    private async Task<BisectReport> ReportAsync(CommitRange range, CommitId good, int candidates, CancellationToken cancel)
    {
        var found = range.Count == 1 ? range.LastBad : (CommitId?)null;
        var parents = found is { } first ? (await _repository.CommitAsync(first, cancel)).Parents.Length : 0;
        var judged = _decided.Values.Count(verdict => verdict != Verdict.Skip);
        return new BisectReport(
            good,
            _query.Bad,
            found,
            IsMerge: parents > 1,
            found is null ? [.. range.Possible] : [],
            candidates,
            Tested: judged + 2,
            Skipped: _decided.Count - judged,
            _log.Runs,
            _log.Resumed,
            Math.Min(1, judged * _errorOfOne),
            _test is null ? null : _log.TallyOf(await _repository.TreeAsync(good, cancel)),
            _test is null ? null : _log.TallyOf(await _repository.TreeAsync(_query.Bad, cancel)),
            found is { } bad ? _outputs.GetValueOrDefault(bad) : null);
    }

    /// <summary>A rate that is never 0 nor 1: few runs do not tell that it is.</summary>
    private static double Rate(RunTally tally) => (tally.Failed + 0.5) / (tally.Runs + 1);

    /// <summary>How likely it is that the bad end fails at least so much more often, were both alike (Fisher's exact test).</summary>
    private static double Likelihood(RunTally good, RunTally bad)
    {
        var failed = good.Failed + bad.Failed;
        var sum = 0.0;
        for (var k = Math.Max(bad.Failed, failed - good.Runs); k <= Math.Min(failed, bad.Runs); k++)
        {
            sum += Math.Exp(FisherHypergeometric.LogProbability(new Stratum(new Tally(bad.Runs, k), new Tally(good.Runs, failed - k)), oddsRatio: 1));
        }

        return sum;
    }

    private static async Task StopAsync(Task<Verdict> test, CancellationTokenSource stop)
    {
        await stop.CancelAsync();
        await ((Task)test).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }
}
