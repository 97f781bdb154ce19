using Google.Protobuf;

namespace Airworthy.Telemetry.Reduction;

/// <summary>
/// Reads how a span was sampled from its trace state: the OpenTelemetry member's rejection threshold, <c>ot=th:…</c>. A span without one may
/// have been sampled in any way; the sampled flag is set on every span that arrives and says nothing of the rate.
/// </summary>
internal static class Sampling
{
    /// <summary>Every span was kept: the threshold is zero.</summary>
    public const string All = "all";

    /// <summary>Nothing tells.</summary>
    public const string Unknown = "unknown";

    private const int MaxDigits = 14;

    public static string Of(ByteString traceState) => traceState.IsEmpty ? Unknown : Of(SentText.Decode(traceState)!);

    /// <summary>The same of a trace state that is not empty.</summary>
    public static string Of(ReadOnlySpan<char> text)
    {
        foreach (var range in text.Split(','))
        {
            var member = text[range].Trim();
            if (!member.StartsWith("ot=", StringComparison.Ordinal))
            {
                continue;
            }

            member = member[3..];
            foreach (var part in member.Split(';'))
            {
                if (member[part].StartsWith("th:", StringComparison.Ordinal))
                {
                    return Threshold(member[part][3..]);
                }
            }
        }

        return Unknown;
    }

    private static string Threshold(ReadOnlySpan<char> digits)
    {
        if (digits.Length is 0 or > MaxDigits)
        {
            return Unknown;
        }

        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigitLower(digit))
            {
                return Unknown;
            }
        }

        var significant = digits.TrimEnd('0');
        return significant.IsEmpty ? All : $"th:{significant}";
    }
}
