using Microsoft.Build.Framework;

namespace Airworthy.Probes.Build;

/// <summary>
/// The weaver within the build's own process. What it takes to weave a project is mostly compiling the weaver: here that is done once for all projects
/// that the process builds, and not at all where it built one before.
/// </summary>
public sealed class WeaveProbes : Microsoft.Build.Utilities.Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly StringWriter _told = new();

    /// <summary>The file that says what is asked for.</summary>
    [Required]
    public string Request { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            return System.Threading.Tasks.Task.Run(() => BuildStep.RunAsync(Request, _told, _stop.Token)).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            foreach (var line in _told.ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                Log.LogMessageFromText(line, MessageImportance.Low);
            }
        }
    }

    /// <inheritdoc/>
    public void Cancel() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        _told.Dispose();
    }
}
