using Airworthy.Model;
using Airworthy.Probes;
using Airworthy.Probes.Build;

// A build must never fail because its telemetry can't be woven in: what goes wrong is a warning, and the compiler's output stays.
const int Done = 0;
const int Wrong = 64;

if (args is not [var file])
{
    await Console.Error.WriteLineAsync("usage: Airworthy.Probes.Build REQUEST");
    return Wrong;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};
try
{
    await ProjectWeaving.RunAsync(WeaveRequest.Read(file), Console.Out, stop.Token);
    return Done;
}
catch (ProbeException fault) when (fault.Fault == Fault.Usage)
{
    Diagnostics.Error(Console.Out, "AWP010", fault.Message);
    return Wrong;
}
catch (FaultException fault)
{
    Diagnostics.Warning(Console.Out, "AWP002", $"no probes are woven: {fault.Message}");
    return Done;
}
catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or BadImageFormatException)
{
    Diagnostics.Warning(Console.Out, "AWP003", $"no probes are woven: {failed.Message}");
    return Done;
}
#pragma warning disable CA1031 // The edge of the process: a defect is told, and must not stop the user's build.
catch (Exception defect)
#pragma warning restore CA1031
{
    Diagnostics.Warning(Console.Out, "AWP009", $"no probes are woven, by a defect of Airworthy; please report it: {defect.GetType().Name}: {defect.Message}");
    await Console.Error.WriteLineAsync(defect.StackTrace);
    return Done;
}
