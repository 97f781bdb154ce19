namespace Airworthy.Git.Lines;

/// <summary>Puts the lines of a file together; runs that continue each other become one.</summary>
internal sealed class RunBuilder
{
    private readonly List<BornRun> _runs = [];
    private int _lines;

    public void Add(BornRun run)
    {
        if (run.Count == 0)
        {
            return;
        }

        _lines += run.Count;
        if (_runs.Count > 0 && _runs[^1] is var last && last.First + last.Count == run.First)
        {
            _runs[^1] = last with { Count = last.Count + run.Count };
        }
        else
        {
            _runs.Add(run);
        }
    }

    /// <summary>The file, and an empty builder again.</summary>
    public FileLines Drain(BlobName blob)
    {
        var file = new FileLines(blob, _lines, [.. _runs]);
        _runs.Clear();
        _lines = 0;
        return file;
    }
}
