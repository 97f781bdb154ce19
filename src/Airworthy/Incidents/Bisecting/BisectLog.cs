using System.Text.Json;

namespace Airworthy.Incidents.Bisecting;

/// <summary>
/// What was found so far, a line a finding, so that a bisection that was cut off goes on where it stood. Findings are of trees, not of commits: a commit
/// that puts back what was there before needs no new run.
/// </summary>
internal sealed class BisectLog : IDisposable
{
    private readonly Dictionary<string, RunTally> _tallies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _untestable = new(StringComparer.Ordinal);
    private readonly FileStream _file;
    private readonly Lock _turn = new();

    private BisectLog(FileStream file) => _file = file;

    /// <summary>Runs that an earlier start left.</summary>
    public int Resumed { get; private set; }

    /// <summary>Runs in all.</summary>
    public int Runs { get; private set; }

    /// <exception cref="BisectException">Another process is at the same bisection, or the folder can't be written.</exception>
    public static BisectLog Open(string folder)
    {
        FileStream file;
        try
        {
            Directory.CreateDirectory(folder);
            file = new FileStream(Path.Combine(folder, "found.jsonl"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BisectException(Model.Fault.Unavailable, $"the same bisection is running already, or its folder can't be written: {e.Message}", e);
        }

        var log = new BisectLog(file);
        using var reader = new StreamReader(file, leaveOpen: true);
        while (reader.ReadLine() is { } line)
        {
            log.Take(line);
        }

        log.Resumed = log.Runs;
        file.Seek(0, SeekOrigin.End);
        file.WriteByte((byte)'\n');
        return log;
    }

    public RunTally TallyOf(string tree)
    {
        lock (_turn)
        {
            return _tallies.GetValueOrDefault(tree);
        }
    }

    /// <summary>Why a tree can't be tested; null when nothing speaks against it.</summary>
    public string? Untestable(string tree)
    {
        lock (_turn)
        {
            return _untestable.GetValueOrDefault(tree);
        }
    }

    public void Ran(string tree, bool failed) => Write(new Finding(tree, failed, Why: null));

    public void CannotTest(string tree, string why) => Write(new Finding(tree, Failed: null, why));

    /// <summary>Drops all that was found.</summary>
    public void Forget() => _file.SetLength(0);

    public void Dispose() => _file.Dispose();

    private void Write(Finding finding)
    {
        lock (_turn)
        {
            Keep(finding);
            _file.Write(JsonSerializer.SerializeToUtf8Bytes(finding));
            _file.WriteByte((byte)'\n');
            _file.Flush();
        }
    }

    private void Take(string line)
    {
        try
        {
            if (JsonSerializer.Deserialize<Finding>(line) is { Tree: not null } finding)
            {
                Keep(finding);
            }
        }
        catch (JsonException)
        {
            // The line that was being written when the process was killed; or the empty one that parts two starts.
        }
    }

    private void Keep(Finding finding)
    {
        if (finding.Failed is { } failed)
        {
            _tallies[finding.Tree] = _tallies.GetValueOrDefault(finding.Tree).Add(failed);
            Runs++;
        }
        else
        {
            _untestable[finding.Tree] = finding.Why ?? "";
        }
    }

    private sealed record Finding(string Tree, bool? Failed, string? Why);
}
