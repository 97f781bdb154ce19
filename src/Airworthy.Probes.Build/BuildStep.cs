using Airworthy.Model;

namespace Airworthy.Probes.Build;

/// <summary>
/// Weaving as a step of a build, which must never fail because its telemetry can't be woven in: what goes wrong is a warning, and the compiler's
/// output stays.
/// </summary>
internal static class BuildStep
{
    /// <summary>Weaves as a request's file asks; tells the build in the form that MSBuild reads from a tool's output.</summary>
    /// <returns>False when the project asks for what can't be, which is an error of the build.</returns>
    public static async Task<bool> RunAsync(string request, TextWriter output, CancellationToken cancel)
    {
        try
        {
            await ProjectWeaving.RunAsync(WeaveRequest.Read(request), output, cancel);
        }
        catch (ProbeException fault) when (fault.Fault == Fault.Usage)
        {
            Diagnostics.Error(output, "AWP010", fault.Message);
            return false;
        }
        catch (FaultException fault)
        {
            Diagnostics.Warning(output, "AWP002", $"no probes are woven: {fault.Message}");
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            Diagnostics.Warning(output, "AWP003", $"no probes are woven: {failed.Message}");
        }
#pragma warning disable CA1031 // The edge of the step: a defect is told, and must not stop the user's build.
        catch (Exception defect) when (!(defect is OperationCanceledException && cancel.IsCancellationRequested))
#pragma warning restore CA1031
        {
            Diagnostics.Warning(output, "AWP009", $"no probes are woven, by a defect of Airworthy; please report it: {defect.GetType().Name}: {defect.Message}");
            await output.WriteLineAsync(defect.StackTrace);
        }

        return true;
    }
}
