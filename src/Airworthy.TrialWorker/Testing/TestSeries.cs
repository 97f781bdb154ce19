using System.Diagnostics;

namespace Airworthy.TrialWorker.Testing;

/// <summary>
/// Runs tests one after the other on one thread, and watches from another that each comes back: on a busy machine the turns that two threads take with each test cost more than most tests.
/// What a test sets for its thread (culture, context, asynchronous locals) is gone when it ends.
/// </summary>
/// <param name="run">Runs one; tells how it ended.</param>
/// <param name="tests">The tests.</param>
/// <param name="bound">What each may take.</param>
/// <param name="isEnough">Asked after each whether the others are left out.</param>
internal sealed class TestSeries(Func<FoundTest, TestBound, RanTest> run, IReadOnlyList<FoundTest> tests, Func<FoundTest, TestBound> bound, Func<RanTest, bool> isEnough)
{
    private const int StackBytes = 8 * 1024 * 1024;
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly List<RanTest> _ran = [];
    private (FoundTest Test, TestBound Bound, long Begun)? _now;
    private bool _isLeft;

    /// <summary>Runs them; gives those that began. One that does not come back is the last.</summary>
    public IReadOnlyList<RanTest> Run()
    {
        var thread = new Thread(RunAll, StackBytes) { IsBackground = true };
        thread.Start();
        while (!thread.Join(s_look))
        {
            lock (_gate)
            {
                if (_now is { } now && Stopwatch.GetElapsedTime(now.Begun) is var took && took > now.Bound.Patience)
                {
                    _isLeft = true;
                    _ran.Add(new RanTest(now.Test, TestEnd.DoesNotEnd, took, [], 0) { StillRuns = true });
                    break;
                }
            }
        }

        return _ran;
    }

    private void RunAll()
    {
        var clean = ExecutionContext.Capture()!;
        foreach (var test in tests)
        {
            var allowed = bound(test);
            lock (_gate)
            {
                _now = (test, allowed, Stopwatch.GetTimestamp());
            }

            RanTest? ran = null;
            ExecutionContext.Run(clean, _ => ran = run(test, allowed), null);
            lock (_gate)
            {
                if (_isLeft)
                {
                    return;
                }

                _now = null;
                _ran.Add(ran!);
            }

            if (isEnough(ran!))
            {
                return;
            }
        }
    }
}
