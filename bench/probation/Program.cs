using System.Globalization;
using Airworthy.Bench.Probation;
using Airworthy.Probation;
using Airworthy.Statistics;

// Simulates changes that do no harm and changes that double the odds of failing, in the settings in which such tests go wrong, and counts wrong answers.
//
//   dotnet run -c Release --project bench/probation [RUNS [SEED [NAME]]]
//
// Exits with 1 when a false answer is more frequent than the error that is promised, beyond what chance explains.
var runs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000;
var seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20260504;
// Only the settings whose name contains this.
var settings = Setting.All.Where(setting => args.Length < 3 || setting.Name.Contains(args[2], StringComparison.Ordinal)).ToList();
var terms = new ProbationTerms();
var isBroken = false;

Console.WriteLine(FormattableString.Invariant($"{runs} runs a setting, a day each, looked at every minute; ratio {terms.Ratio}, alpha {terms.Alpha:P0}; seed {seed}"));
Console.WriteLine();
Console.WriteLine("no harm                                          suspect  proven  minutes to proven   pooled z  ranks, hourly  1.5 x threshold");
foreach (var setting in settings)
{
    var results = Simulate(setting, ratio: 1);
    var wrong = results.Count(result => result.Verdict == ProbationVerdict.Suspect);
    isBroken |= wrong > AllowedOf(setting);
    Console.WriteLine(
        $"{setting.Name,-46}  {Share(wrong, results),7}  {Share(results.Count(result => result.WasProven), results),6}  {Median(results.Where(result => result.WasProven)),17}   "
        + $"{Share(results.Count(result => result.PooledTest), results),8}  {Share(results.Count(result => result.RankTest), results),13}  {Share(results.Count(result => result.FixedThreshold), results),15}{(wrong > AllowedOf(setting) ? "  TOO OFTEN" : "")}");
}

Console.WriteLine();
Console.WriteLine("odds doubled                                      proven  suspect  minutes to suspect  pooled z  ranks, hourly  1.5 x threshold");
foreach (var setting in settings)
{
    var results = Simulate(setting, setting.RatioOf(terms));
    var wrong = results.Count(result => result.WasProven);
    isBroken |= wrong > AllowedOf(setting);
    Console.WriteLine(
        $"{setting.Name,-46}  {Share(wrong, results),8}  {Share(results.Count(result => result.Verdict == ProbationVerdict.Suspect), results),7}  "
        + $"{Median(results.Where(result => result.Verdict == ProbationVerdict.Suspect)),18}  "
        + $"{Share(results.Count(result => result.PooledTest), results),8}  {Share(results.Count(result => result.RankTest), results),13}  {Share(results.Count(result => result.FixedThreshold), results),15}{(wrong > AllowedOf(setting) ? "  TOO OFTEN" : "")}");
}

Console.WriteLine();
isBroken |= !SaysNothingWithoutFailuresOrBaseline();
Console.WriteLine(isBroken ? "A promise is broken." : "No false answer is more frequent than promised.");
return isBroken ? 1 : 0;

Result[] Simulate(Setting setting, double ratio)
{
    // What costs more is run less often; its share of wrong answers is held to the same limit.
    var results = new Result[RunsOf(setting)];
    Parallel.For(0, results.Length, run => results[run] = One(setting, ratio, new Draw((seed * 7919) + run)));
    return results;
}

int RunsOf(Setting setting) => setting.Unit is Unit.Before or Unit.Median ? Math.Max(1, runs / 5) : runs;

double AllowedOf(Setting setting) => (terms.Alpha * RunsOf(setting)) + (3 * Math.Sqrt(terms.Alpha * RunsOf(setting)));

Result One(Setting setting, double ratio, Draw draw) => setting.Unit == Unit.Call ? ByCalls(setting, ratio, draw) : ByWindows(setting, ratio, draw);

Result ByWindows(Setting setting, double ratio, Draw draw)
{
    var watch = new ChangeWatch(terms, isTimed: setting.Unit is Unit.Tail or Unit.Median, isFlagged: setting.Unit == Unit.Lot);
    var peers = new Peers();
    var (at, first, minute, next) = (-1, ProbationVerdict.Undecided, 0, 0);
    var begin = new DateTimeOffset(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);
    foreach (var instances in setting.Run(draw, ratio).Take(setting.Minutes))
    {
        peers.Add(instances);
        watch.Add(begin.AddMinutes(minute++), instances.ToLookup(_ => "production", StringComparer.Ordinal));
        if (at >= 0 || !watch.IsSettled || minute < next)
        {
            continue;
        }

        // Without a baseline a change is proven after the policy's days at the earliest: an outage of hours looks like no failure at all until it comes.
        var standing = StandingOf(watch, setting);
        if (standing.Verdict == ProbationVerdict.Undecided || (standing is { Verdict: ProbationVerdict.Proven, Grade: EvidenceGrade.Absolute } && minute < terms.Days * 24 * 60))
        {
            // Telling how it stands takes long; verdicts stay, so none is missed.
            next = minute + 360;
        }
        else
        {
            (at, first) = (minute, standing.Verdict);
        }
    }

    return new Result(StandingOf(watch, setting).Verdict, first == ProbationVerdict.Proven, at, peers.PooledTest, peers.RankTest, peers.FixedThreshold);
}

// The metric that the world is about: of the others nothing ever goes wrong in it.
static MetricStanding StandingOf(ChangeWatch watch, Setting setting)
{
    var metric = setting.Unit == Unit.Tail ? Metric.Tail : setting.Unit == Unit.Median ? Metric.Median : Metric.Failures;
    return watch.Conclude(new Dictionary<string, IReadOnlyList<int>>()).Metrics.Single(standing => standing.Metric == metric);
}

Result ByCalls(Setting setting, double ratio, Draw draw)
{
    var threshold = EProcess.Threshold(terms.Alpha);
    var (harm, noHarm) = (EProcess.OfHarm(), EProcess.OfNoHarm(terms.Ratio));
    var peers = new Peers();
    var (suspectAt, provenAt) = (-1, -1);
    var minute = 0;
    foreach (var instances in setting.Run(draw, ratio).Take(setting.Minutes))
    {
        minute++;
        peers.Add(instances);
        var stratum = Pooled(instances);
        (harm, noHarm) = (harm.With(stratum), noHarm.With(stratum));
        suspectAt = suspectAt < 0 && harm.LogE >= threshold ? minute : suspectAt;
        provenAt = provenAt < 0 && noHarm.LogE >= threshold ? minute : provenAt;
    }

    var verdict = suspectAt >= 0 ? ProbationVerdict.Suspect : provenAt >= 0 ? ProbationVerdict.Proven : ProbationVerdict.Undecided;
    return new Result(verdict, provenAt >= 0, verdict == ProbationVerdict.Suspect ? suspectAt : provenAt, peers.PooledTest, peers.RankTest, peers.FixedThreshold);
}

bool SaysNothingWithoutFailuresOrBaseline()
{
    var judge = new Judge(terms);
    for (var i = 0; i < 10_000; i++)
    {
        judge.Add($"{i}", i % 2 == 0 ? new Stratum(new Tally(1_000, 0), new Tally(1_000, 0)) : new Stratum(new Tally(1_000, 3), default));
    }

    var rate = RateProcess.Below(0.001).With(new Tally(10_000, 0));
    var isRight = judge.Conclude().Verdict == ProbationVerdict.Undecided && rate.LogE > EProcess.Threshold(terms.Alpha);
    Console.WriteLine($"no failures, or no baseline beside it: {Airworthy.Model.Words.Of(judge.Conclude().Verdict)}; 10,000 calls without a failure show a rate below 0.1 %: {(rate.LogE > EProcess.Threshold(terms.Alpha) ? "yes" : "no")}");
    return isRight;
}

static Stratum Pooled(InstanceMinute[] minute) => minute.Aggregate(default(Stratum), (sum, one) => one.Side == Side.Change
    ? sum with { Change = sum.Change + new Tally(one.Calls, one.Bad) }
    : sum with { Baseline = sum.Baseline + new Tally(one.Calls, one.Bad) });

static string Share(int count, Result[] results) => ((double)count / results.Length).ToString("0.0 %", CultureInfo.InvariantCulture);

static string Median(IEnumerable<Result> results)
{
    var minutes = results.Select(result => result.Minute).Order().ToList();
    return minutes.Count == 0 ? "–" : minutes[minutes.Count / 2].ToString("N0", CultureInfo.InvariantCulture);
}
