using System.Globalization;
using Airworthy.Model;

namespace Airworthy.Server.Api;

/// <summary>Reads what a query string asks, with a sentence when it can't be read.</summary>
internal static class Asked
{
    public const int MostRows = 10_000;

    /// <summary>A name of <typeparamref name="T"/>, in any case; null when not asked.</summary>
    public static T? Word<T>(string name, string? value)
        where T : struct, Enum
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        foreach (var known in Enum.GetValues<T>())
        {
            if (known.ToString().Equals(value, StringComparison.OrdinalIgnoreCase))
            {
                return known;
            }
        }

        throw new ServerException(
            Fault.Usage, $"{name}={value} is not known; use one of {string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()))}.");
    }

    /// <summary>An instant in ISO 8601; null when not asked. Without an offset it is UTC.</summary>
    public static DateTimeOffset? Instant(string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        // A '+' that was not escaped arrives as a space.
        return DateTimeOffset.TryParse(
            value.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at
            : throw new ServerException(Fault.Usage, $"{name}={value} is no time; write it like 2026-05-01T12:00:00Z.");
    }

    /// <summary>How many rows, 1 to <see cref="MostRows"/>; 100 when not asked.</summary>
    public static int Limit(string? value) => value switch
    {
        null or "" => 100,
        _ when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) && rows is >= 1 and <= MostRows => rows,
        _ => throw new ServerException(Fault.Usage, $"limit={value} is not a number from 1 to {MostRows}."),
    };

    /// <summary>A text; null when not asked.</summary>
    public static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    /// <summary>A parameter that must be there.</summary>
    public static string Required(string name, string? value) =>
        string.IsNullOrWhiteSpace(value) ? throw new ServerException(Fault.Usage, $"{name} is missing; add ?{name}=….") : value;
}
