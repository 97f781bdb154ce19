namespace Airworthy.Probes;

/// <summary>The cells of one thread in one loaded copy of a module. Only that thread writes them.</summary>
internal sealed class ThreadCells(ProbeModule module, int length)
{
    private readonly WeakReference<ProbeModule> _module = new(module);
    private readonly Thread _thread = Thread.CurrentThread;

    public long[] Cells { get; } = new long[length];

    /// <summary>True when nothing can write to them any more: the thread ended, or the module was unloaded.</summary>
    public bool IsOver => !_thread.IsAlive || !_module.TryGetTarget(out _);
}
