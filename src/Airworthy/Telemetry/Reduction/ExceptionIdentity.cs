using System.Security.Cryptography;
using System.Text;

namespace Airworthy.Telemetry.Reduction;

/// <summary>
/// Tells when two sightings are one exception. Senders may report an exception on the span and again in a log record; the two agree on
/// trace, span, message and the last part of the type's name, while one may qualify the type and have seen fewer outer frames. Outside a
/// trace only a repeated report is the same: instance, time and stack count too.
/// </summary>
internal static class ExceptionIdentity
{
    public static string Of(ExceptionSighting sighting)
    {
        var type = LastPart(sighting.Type);
        var text = sighting.TraceId is null
            ? Join(
                sighting.Service,
                sighting.Environment,
                sighting.Instance,
                sighting.At.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture),
                sighting.Signal,
                type,
                sighting.Message ?? "",
                sighting.StackTrace ?? "")
            : Join(sighting.Service, sighting.TraceId, sighting.SpanId ?? "", type, sighting.Message ?? sighting.StackTrace ?? "");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>The type's own name: <c>KeyException</c> of <c>Shop.KeyException`1[System.Int32]</c>.</summary>
    private static string LastPart(string? type)
    {
        var name = type.AsSpan();
        name = name.IndexOfAny("`[<") is var arguments and > 0 ? name[..arguments] : name;
        return name[(name.LastIndexOfAny(".+/:") + 1)..].ToString();
    }

    /// <summary>Lengths keep the parts apart: no sender can make two different lists read alike.</summary>
    private static string Join(params ReadOnlySpan<string> parts)
    {
        var joined = new StringBuilder();
        foreach (var part in parts)
        {
            joined.Append(part.Length).Append(':').Append(part);
        }

        return joined.ToString();
    }
}
