using System.CommandLine.Parsing;
using System.Globalization;

namespace Airworthy.Cli.Commands;

/// <summary>A time as people give it: ISO 8601, UTC where no offset is told.</summary>
internal static class TimeArgument
{
    public static DateTimeOffset? Read(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time;
        }

        result.AddError($"'{text}' is no time; give one such as 2026-01-31 or 2026-01-31T12:00:00Z");
        return null;
    }
}
