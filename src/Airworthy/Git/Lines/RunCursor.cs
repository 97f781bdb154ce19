namespace Airworthy.Git.Lines;

/// <summary>Walks over the runs of a file from its first line to its last.</summary>
internal ref struct RunCursor(FileLines file)
{
    private readonly ReadOnlySpan<BornRun> _runs = file.Runs;
    private int _run;
    private int _used;

    /// <summary>The next lines, at most <paramref name="count"/>; of 0 lines at the end.</summary>
    public BornRun Take(int count)
    {
        if (_run == _runs.Length || count <= 0)
        {
            return default;
        }

        var run = _runs[_run];
        var taken = Math.Min(count, run.Count - _used);
        var part = new BornRun(run.First + _used, taken);
        _used += taken;
        if (_used == run.Count)
        {
            (_run, _used) = (_run + 1, 0);
        }

        return part;
    }
}
