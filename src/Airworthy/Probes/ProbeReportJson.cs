using System.Text.Json;
using Airworthy.Model;

namespace Airworthy.Probes;

/// <summary>The report of a build as a file.</summary>
public static class ProbeReportJson
{
    private const int MostBytes = 256 * 1024 * 1024;

    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        IndentSize = 1,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Its bytes.</summary>
    public static byte[] Write(ProbeReport report) => JsonSerializer.SerializeToUtf8Bytes(report, s_options);

    /// <summary>Reads one.</summary>
    /// <exception cref="ProbeException">The file is not a report.</exception>
    public static ProbeReport Read(string path)
    {
        try
        {
            using var input = File.OpenRead(path);
            if (input.Length <= MostBytes && JsonSerializer.Deserialize<ProbeReport>(input, s_options) is { Methods.IsDefault: false } report)
            {
                return report;
            }
        }
        catch (JsonException)
        {
            // Told below, like a file that is too large.
        }

        throw new ProbeException(Fault.BadInput, $"'{path}' is not a report of probes; build the project again");
    }
}
