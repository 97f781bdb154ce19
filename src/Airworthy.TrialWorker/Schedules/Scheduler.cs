using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Airworthy.TrialWorker.Schedules;

/// <summary>
/// Runs a few threads one at a time: at each step (see <see cref="Preparing.PointRewriter"/>) somebody decides who goes on. A thread that waits tries again whenever another got further; when
/// all that are left have tried in vain, they wait for each other.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "It lives as long as its threads, and they as their process.")]
internal sealed class Scheduler
{
    /// <summary>The point between two calls.</summary>
    public const int BetweenCalls = -1;

    private const int MostSteps = 30_000;

    /// <summary>Steps in a row that a thread goes before it counts as going round.</summary>
    private const int MostInARow = 3_000;

    /// <summary>How long a task may take that something outside of the schedule is to complete.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromMilliseconds(200);

    private readonly List<ScheduledThread> _threads = [];
    private readonly SemaphoreSlim _done = new(0);
    private readonly List<(int Thread, int Steps)> _runs = [];
    private readonly List<(int Thread, int Point)> _trace = [];
    private IChooser? _chooser;
    private int _count;
    private int _steps;
    private int _row;
    private long _version;
    private ScheduleEnd _end;
    private bool _isAbandoned;

    /// <summary>Grows with each step; tells which of two events was first.</summary>
    public int Clock => _steps;

    /// <summary>The schedule of the last run.</summary>
    public Schedule Schedule => new([.. _runs]);

    /// <summary>Who stood where at each step of the last run.</summary>
    public IReadOnlyList<(int Thread, int Point)> Trace => _trace;

    /// <summary>The first use of an object by two at once in the last run; null when there was none.</summary>
    public SharedUse? Use { get; private set; }

    /// <summary>True when something outside of the schedule had a hand in the last run: it may not come again.</summary>
    public bool IsUncontrolled { get; private set; }

    /// <summary>True once a thread was lost: it can't run anything any more.</summary>
    public bool IsStuck { get; private set; }

    /// <summary>Where each thread stood when the last run was given up; null for those that had come to their end.</summary>
    public int?[] Places { get; private set; } = [];

    /// <summary>True when the run is over, and threads are only led out of it.</summary>
    public bool IsAbandoned => _isAbandoned;

    /// <summary>Runs bodies to their end, each on a thread of its own.</summary>
    /// <param name="bodies">What each does; it takes no step before its first call.</param>
    /// <param name="chooser">Who decides.</param>
    /// <param name="patience">How long a thread may go without a step.</param>
    public ScheduleEnd Run(IReadOnlyList<Action> bodies, IChooser chooser, TimeSpan patience)
    {
        Begin(bodies, chooser);
        if (Next(null, isBetweenCalls: true, isYield: false) is not { } first)
        {
            return _end;
        }

        first.Go();
        for (var seen = -1; !_done.Wait(patience); seen = _steps)
        {
            if (seen == _steps)
            {
                IsStuck = _isAbandoned = true;
                return ScheduleEnd.Stuck;
            }
        }

        return _end;
    }

    /// <summary>Runs one body to its end, here: nobody can come between, but it may wait for what never comes.</summary>
    public ScheduleEnd RunAlone(Action body)
    {
        Begin([body], new PreemptionChooser(0));
        Next(null, isBetweenCalls: true, isYield: false);
        _threads[0].RunHere();
        return _end;
    }

    private void Begin(IReadOnlyList<Action> bodies, IChooser chooser)
    {
        while (_threads.Count < bodies.Count)
        {
            _threads.Add(new ScheduledThread(this, _threads.Count));
        }

        (_chooser, _count, _steps, _row, _version, _end, _isAbandoned) = (chooser, bodies.Count, 0, 0, 0, ScheduleEnd.Done, false);
        (Use, IsUncontrolled, Places) = (null, false, []);
        _runs.Clear();
        _trace.Clear();
        for (var i = 0; i < _count; i++)
        {
            _threads[i].Prepare(bodies[i]);
        }
    }

    /// <summary>A thread takes a step.</summary>
    public void Step(ScheduledThread me, int point, bool isYield)
    {
        Check(me);
        _version++;
        me.Point = point;
        Switch(me, point == BetweenCalls, isYield);
    }

    /// <summary>A thread is about to use an object that is not made for two at once.</summary>
    public void Touch(ScheduledThread me, int point, object used, bool isWrite)
    {
        for (var i = 0; i < _count && Use is null; i++)
        {
            var other = _threads[i];
            if (other != me && ReferenceEquals(other.Used, used) && (isWrite || other.IsWrite))
            {
                Use = new SharedUse(used.GetType(), other.Point, point);
            }
        }

        (me.Used, me.IsWrite) = (used, isWrite);
        try
        {
            Step(me, point, isYield: false);
        }
        finally
        {
            me.Used = null;
        }
    }

    /// <summary>A thread waits until an attempt succeeds.</summary>
    /// <returns>False when nothing else can happen any more, and it may give up.</returns>
    public bool Until(ScheduledThread me, int point, Func<bool> attempt, Waiting waiting)
    {
        Step(me, point, isYield: false);
        me.HasTimedOut = false;
        while (!attempt())
        {
            (me.Attempt, me.Waiting, me.Tried) = (attempt, waiting, _version);
            Switch(me, isBetweenCalls: false, isYield: false);
            if (me.HasTimedOut)
            {
                me.Attempt = null;
                return false;
            }
        }

        me.Attempt = null;
        _version++;
        return true;
    }

    /// <summary>A thread came to its end.</summary>
    public void End(ScheduledThread me)
    {
        me.Attempt = null;
        _version++;
        if ((_isAbandoned ? Left() : Next(null, isBetweenCalls: true, isYield: false)) is { } next)
        {
            next.Go();
        }
        else
        {
            _done.Release();
        }
    }

    private void Switch(ScheduledThread me, bool isBetweenCalls, bool isYield)
    {
        var next = Next(me, isBetweenCalls, isYield);
        if (_isAbandoned)
        {
            throw new AbandonedRunException();
        }

        if (next != me)
        {
            next!.Go();
            me.WaitForTurn();
            Check(me);
        }
    }

    /// <summary>Who goes on; null when nobody is left, or the run is given up.</summary>
    private ScheduledThread? Next(ScheduledThread? me, bool isBetweenCalls, bool isYield)
    {
        var enabled = Enabled();
        if (enabled == 0)
        {
            if (Left() is null)
            {
                return null;
            }

            if (!WakeOne())
            {
                return Abandon(ScheduleEnd.Deadlock);
            }

            enabled = Enabled();
        }

        var current = me is not null && (enabled >> me.Index & 1) == 1 ? me.Index : -1;
        var chosen = _chooser!.Choose(new Moment(enabled, current, _steps, isBetweenCalls, isYield || _row > MostInARow));
        if (chosen < 0 || _steps >= MostSteps)
        {
            return Abandon(chosen < 0 ? ScheduleEnd.Refused : ScheduleEnd.Endless);
        }

        _steps++;
        var isSame = _runs.Count > 0 && _runs[^1].Thread == chosen;
        _row = isSame ? _row + 1 : 0;
        if (isSame)
        {
            _runs[^1] = (chosen, _runs[^1].Steps + 1);
        }
        else
        {
            _runs.Add((chosen, 1));
        }

        _trace.Add((chosen, _threads[chosen].Point));
        return _threads[chosen];
    }

    private uint Enabled()
    {
        var enabled = 0u;
        for (var i = 0; i < _count; i++)
        {
            // One that waits, and tried since anybody got further, would try in vain.
            if (_threads[i].IsLeft && (_threads[i].Attempt is null || _threads[i].Tried != _version))
            {
                enabled |= 1u << i;
            }
        }

        return enabled;
    }

    /// <summary>Where all wait: one that may give up does; a task from outside may yet end.</summary>
    private bool WakeOne()
    {
        var left = _threads.Take(_count).Where(thread => thread.IsLeft).ToList();
        var tasks = left.Where(thread => thread.Waiting == Waiting.ForTask).ToList();
        if (tasks.Count > 0 && SpinWait.SpinUntil(() => tasks.Exists(thread => thread.Attempt!()), s_grace))
        {
            IsUncontrolled = true;
            _version++;
            return true;
        }

        if (left.Find(thread => thread.Waiting == Waiting.ForATime) is not { } timed)
        {
            return false;
        }

        timed.HasTimedOut = true;
        _version++;
        return true;
    }

    private ScheduledThread? Left() => _threads.Take(_count).FirstOrDefault(thread => thread.IsLeft);

    private ScheduledThread? Abandon(ScheduleEnd end)
    {
        Debug.Assert(!_isAbandoned, "a run is given up once");
        (_end, _isAbandoned) = (end, true);
        Places = [.. _threads.Take(_count).Select(thread => thread.IsLeft ? thread.Point : (int?)null)];
        return Left();
    }

    private void Check(ScheduledThread me)
    {
        if (_isAbandoned)
        {
            me.Unwind();
            throw new AbandonedRunException();
        }
    }
}
