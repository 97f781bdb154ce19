using System.Diagnostics.CodeAnalysis;

namespace Airworthy.TrialWorker.Schedules;

/// <summary>One of the threads of a <see cref="Scheduler"/>; used again run after run.</summary>
[SuppressMessage("Design", "CA1001", Justification = "It lives as long as its process: a thread that is lost in code under trial may still wait on it.")]
internal sealed class ScheduledThread
{
    /// <summary>Times that code under trial may catch the end of a run before its thread is let go.</summary>
    private const int MostUnwinding = 1000;

    private const int StackBytes = 8 * 1024 * 1024;

    [ThreadStatic]
    private static ScheduledThread? t_current;

    private readonly Scheduler _scheduler;
    private readonly SemaphoreSlim _turn = new(0);
    private Action? _body;
    private int _unwound;
    private bool _isHere;

    public ScheduledThread(Scheduler scheduler, int index)
    {
        (_scheduler, Index) = (scheduler, index);
        new Thread(Loop, StackBytes) { IsBackground = true }.Start();
    }

    /// <summary>The scheduled thread that runs this; null on any other.</summary>
    public static ScheduledThread? Current => t_current;

    public int Index { get; }

    public Scheduler Scheduler => _scheduler;

    /// <summary>Whether it has not come to its end.</summary>
    public bool IsLeft { get; private set; }

    /// <summary>Where it stands.</summary>
    public int Point { get; set; }

    /// <summary>What it waits for; null when it does not.</summary>
    public Func<bool>? Attempt { get; set; }

    public Waiting Waiting { get; set; }

    /// <summary>How far all were when it last tried.</summary>
    public long Tried { get; set; }

    public bool HasTimedOut { get; set; }

    /// <summary>The object it is about to use, one that is not made for two at once; null when it is not.</summary>
    public object? Used { get; set; }

    /// <summary>Whether it is about to change it.</summary>
    public bool IsWrite { get; set; }

    /// <summary>Gives it something to do, when its turn comes.</summary>
    public void Prepare(Action body)
    {
        (_body, _unwound) = (body, 0);
        (IsLeft, Point, Attempt, Waiting, HasTimedOut, Used) = (true, Scheduler.BetweenCalls, null, Waiting.Forever, false, null);
    }

    /// <summary>It is its turn.</summary>
    public void Go() => _turn.Release();

    public void WaitForTurn() => _turn.Wait();

    /// <summary>Counts how often the end of a run was thrown in it; where that is caught without end, the thread is let go for good.</summary>
    public void Unwind()
    {
        if (++_unwound > MostUnwinding && !_isHere)
        {
            t_current = null;
            IsLeft = false;
            _scheduler.End(this);
            new SemaphoreSlim(0).Wait();
        }
    }

    /// <summary>Does what it was given on the thread that asks, which waits for nobody.</summary>
    public void RunHere()
    {
        _isHere = true;
        RunBody();
        _isHere = false;
    }

    private void Loop()
    {
        while (true)
        {
            _turn.Wait();
            RunBody();
            _scheduler.End(this);
        }
    }

    private void RunBody()
    {
        t_current = this;
        try
        {
            if (!_scheduler.IsAbandoned)
            {
                _body!();
            }
        }
#pragma warning disable CA1031 // The run is over, whatever code under trial made of that.
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        t_current = null;
        IsLeft = false;
    }
}
