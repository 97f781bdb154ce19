using System.Globalization;
using System.Numerics;
using System.Text;

namespace Airworthy.TrialWorker.Making;

/// <summary>The scalar types of the framework.</summary>
internal static class Scalars
{
    private static readonly DateTime s_day = new(2024, 1, 1);

    /// <summary>Moments that code gets wrong: leap days, ends of years, changes to and from summer time, the beginning and the end.</summary>
    private static readonly DateTime[] s_moments =
    [
        new(2024, 2, 29), new(2023, 2, 28), new(2000, 1, 1), new(1999, 12, 31, 23, 59, 59), new(2026, 3, 29, 2, 30, 0), new(2026, 10, 25, 2, 30, 0), new(1970, 1, 1), new(2038, 1, 19, 3, 14, 7), new(2100, 3, 1), new(2026, 1, 1), new(2026, 12, 31), new(2024, 12, 31), new(2026, 3, 8, 2, 30, 0), new(2026, 11, 1, 1, 30, 0), new(2026, 8, 31), DateTime.MinValue, DateTime.MaxValue,
    ];

    private static readonly string[] s_cultures = ["", "en-US", "de-DE", "tr-TR", "fr-FR", "ar-SA"];
    private static readonly string[] s_integers = ["0", "1", "-1", "255", "18446744073709551616"];
    private static readonly string[] s_addresses = ["https://example.org/", "https://example.org/a/b?c=d#e", "/relative/path", "mailto:a@example.org", "file:///a%20b", "http://[::1]:80/"];
    private static readonly string[] s_versions = ["1.0", "1.2.3", "0.0.0.1", "10.20.30.40"];

    /// <summary>The shape of a scalar type; null for others.</summary>
    public static ScalarShape? Of(Type type) => Type.GetTypeCode(type) switch
    {
        _ when type.IsEnum => null,
        TypeCode.SByte => Small(type, number => unchecked((sbyte)number)),
        TypeCode.Byte => Small(type, number => unchecked((byte)number)),
        TypeCode.Int16 => Whole(type, number => unchecked((short)number)),
        TypeCode.UInt16 => Whole(type, number => unchecked((ushort)number)),
        TypeCode.Int32 => Whole(type, number => unchecked((int)number)),
        TypeCode.UInt32 => Whole(type, number => unchecked((uint)number)),
        TypeCode.Int64 => Whole(type, number => number),
        TypeCode.UInt64 => Whole(type, number => unchecked((ulong)number)),
        TypeCode.Boolean => new ScalarShape(type, (chance, _) => chance.OneIn(2), value => (bool)value ? [false] : []),
        TypeCode.Char => new ScalarShape(type, (chance, _) => chance.Character(), value => (char)value == 'a' ? [] : ['a', 'b']),
        TypeCode.Double => new ScalarShape(type, (chance, _) => Real(chance), SimplerReals),
        TypeCode.Single => new ScalarShape(type, (chance, _) => (float)Real(chance), value => SimplerReals((double)(float)value).Select(real => (object)(float)(double)real)),
        TypeCode.Decimal => new ScalarShape(type, (chance, _) => Exact(chance), SimplerDecimals),
        TypeCode.String => new ScalarShape(type, (chance, size) => chance.Text(size), SimplerTexts),
        TypeCode.DateTime => new ScalarShape(type, (chance, _) => Moment(chance), value => SimplerMoments((DateTime)value)),
        _ when type == typeof(nint) => Whole(type, number => (nint)number),
        _ when type == typeof(nuint) => Whole(type, number => unchecked((nuint)(ulong)number)),
        _ when type == typeof(DateTimeOffset) => new ScalarShape(type, (chance, _) => Offset(chance), value => [new DateTimeOffset(s_day, TimeSpan.Zero)]),
        _ when type == typeof(DateOnly) => new ScalarShape(type, (chance, _) => DateOnly.FromDateTime(Moment(chance)), value => [DateOnly.FromDateTime(s_day)]),
        _ when type == typeof(TimeOnly) => new ScalarShape(type, (chance, _) => new TimeOnly(Span(chance).Ticks is var ticks && ticks > 0 ? ticks % TimeSpan.TicksPerDay : 0), value => [TimeOnly.MinValue]),
        _ when type == typeof(TimeSpan) => new ScalarShape(type, (chance, _) => Span(chance), value => [TimeSpan.Zero, TimeSpan.FromSeconds(1), new TimeSpan(((TimeSpan)value).Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond)]),
        _ when type == typeof(Guid) => new ScalarShape(type, (chance, _) => chance.OneIn(4) ? Guid.Empty : Id(chance), value => [Guid.Empty]),
        _ => null,
    };

    /// <summary>Values of the framework that are made of text or chosen from few.</summary>
    public static MenuShape? MenuOf(Type type)
    {
        var culture = typeof(CultureInfo);
        if (type == culture || type == typeof(IFormatProvider))
        {
            return new MenuShape(type, [.. s_cultures.Select(name => ((Func<object>)(() => CultureInfo.GetCultureInfo(name)), $"global::System.Globalization.CultureInfo.GetCultureInfo(\"{name}\")"))]);
        }

        return type switch
        {
            _ when type == typeof(CancellationToken) => new MenuShape(type, [(() => CancellationToken.None, "global::System.Threading.CancellationToken.None"), (() => new CancellationToken(canceled: true), "new global::System.Threading.CancellationToken(true)")]),
            _ when type == typeof(Encoding) => new MenuShape(type, [(() => Encoding.UTF8, "global::System.Text.Encoding.UTF8"), (() => Encoding.ASCII, "global::System.Text.Encoding.ASCII"), (() => Encoding.Unicode, "global::System.Text.Encoding.Unicode")]),
            _ when type == typeof(Type) => new MenuShape(type, [(() => typeof(int), "typeof(int)"), (() => typeof(string), "typeof(string)"), (() => typeof(List<int>), "typeof(global::System.Collections.Generic.List<int>)"), (() => typeof(DayOfWeek), "typeof(global::System.DayOfWeek)")]),
            _ when type == typeof(TimeZoneInfo) => new MenuShape(type, [(() => TimeZoneInfo.Utc, "global::System.TimeZoneInfo.Utc"), (() => TimeZoneInfo.FindSystemTimeZoneById("America/New_York"), "global::System.TimeZoneInfo.FindSystemTimeZoneById(\"America/New_York\")")]),
            _ when type == typeof(TimeProvider) => new MenuShape(type, [(() => TimeProvider.System, "global::System.TimeProvider.System")]),
            _ when type == typeof(BigInteger) => new MenuShape(type, [.. s_integers.Select(text => ((Func<object>)(() => BigInteger.Parse(text, CultureInfo.InvariantCulture)), $"global::System.Numerics.BigInteger.Parse(\"{text}\")"))]),
            _ when type == typeof(Rune) => new MenuShape(type, [(() => new Rune('a'), "new global::System.Text.Rune('a')"), (() => new Rune('é'), "new global::System.Text.Rune('\\u00e9')"), (() => new Rune(0x1F600), "new global::System.Text.Rune(0x1F600)")]),
            _ when type == typeof(StringComparer) || type == typeof(IEqualityComparer<string>) || type == typeof(IComparer<string>) => new MenuShape(type, [(() => StringComparer.Ordinal, "global::System.StringComparer.Ordinal"), (() => StringComparer.OrdinalIgnoreCase, "global::System.StringComparer.OrdinalIgnoreCase")]),
            _ when type == typeof(Uri) => new MenuShape(type, [.. s_addresses.Select(text => ((Func<object>)(() => new Uri(text, UriKind.RelativeOrAbsolute)), $"new global::System.Uri(\"{text}\", global::System.UriKind.RelativeOrAbsolute)"))]),
            _ when type == typeof(Version) => new MenuShape(type, [.. s_versions.Select(text => ((Func<object>)(() => Version.Parse(text)), $"new global::System.Version(\"{text}\")"))]),
            _ when type == typeof(void) => null,
            _ => null,
        };
    }

    private static ScalarShape Whole<T>(Type type, Func<long, T> of)
        where T : struct => new(type, (chance, _) => of(chance.Number()), value => SimplerNumbers(value).Select(number => (object)of(number)));

    /// <summary>Of so few values each is worth as much as a small one.</summary>
    private static ScalarShape Small<T>(Type type, Func<long, T> of)
        where T : struct => new(type, (chance, _) => of(chance.OneIn(2) ? chance.Below(256) : chance.Number()), value => SimplerNumbers(value).Select(number => (object)of(number)));

    private static IEnumerable<long> SimplerNumbers(object value)
    {
        var number = value is ulong big ? unchecked((long)big) : value is nint native ? native : value is nuint unsigned ? unchecked((long)(ulong)unsigned) : Convert.ToInt64(value, CultureInfo.InvariantCulture);
        if (number == 0)
        {
            yield break;
        }

        yield return 0;
        if (number is not 1)
        {
            yield return 1;
        }

        if (number < 0 && number != long.MinValue)
        {
            yield return -number;
        }

        for (var half = number / 2; half is not 0; half /= 2)
        {
            yield return number - half;
        }

        yield return number - Math.Sign(number);
    }

    private static double Real(Chance chance) => chance.Below(12) switch
    {
        0 => 0.0,
        1 => chance.Number(),
        2 => chance.Below(1000) / 10.0,
        3 => new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, double.Epsilon, double.MaxValue, double.MinValue, 0.1, 1e15, 1e16 }[chance.Below(10)],
        4 => BitConverter.UInt64BitsToDouble(chance.Next()),
        < 8 when chance.Reals.Count > 0 => chance.Of(chance.Reals),
        _ => (chance.Below(200_001) - 100_000) / 100.0,
    };

    private static decimal Exact(Chance chance) => chance.Below(10) switch
    {
        0 => chance.Number(),
        1 => new[] { 0m, 1m, -1m, 0.1m, 0.005m, 0.015m, 1.10m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m }[chance.Below(10)],
        < 5 when chance.Reals.Count > 0 && Math.Abs(chance.Of(chance.Reals)) is var real && real < 1e20 => (decimal)real,
        _ => new decimal(chance.Below(200_001) - 100_000) / (chance.Below(4) switch { 0 => 1m, 1 => 10m, 2 => 100m, _ => 1000m }),
    };

    private static IEnumerable<object> SimplerReals(object value)
    {
        var real = (double)value;
        if (real == 0.0)
        {
            yield break;
        }

        yield return 0.0;
        yield return 1.0;
        if (!double.IsFinite(real))
        {
            yield break;
        }

        yield return Math.Truncate(real);
        yield return Math.Round(real, 2);
        yield return Math.Truncate(real / 2);
    }

    private static IEnumerable<object> SimplerDecimals(object value) => (decimal)value == 0 ? [] : [0m, 1m, decimal.Truncate((decimal)value), decimal.Round((decimal)value, 2), decimal.Truncate((decimal)value / 2)];

    private static IEnumerable<object> SimplerTexts(object value)
    {
        var text = (string)value;
        if (text.Length == 0)
        {
            yield break;
        }

        yield return "";
        for (var half = text.Length / 2; half > 0; half /= 2)
        {
            for (var at = 0; at + half <= text.Length && at < 64 * half; at += half)
            {
                yield return text.Remove(at, half);
            }
        }

        for (var i = 0; i < Math.Min(text.Length, 64); i++)
        {
            if (text[i] is > 'a' and <= 'z')
            {
                yield return text[..i] + 'a' + text[(i + 1)..];
            }
            else if (text[i] is not (>= 'a' and <= 'z') && text[i] > 127)
            {
                yield return text[..i] + 'a' + text[(i + 1)..];
            }
        }
    }

    private static DateTime Moment(Chance chance)
    {
        var moment = chance.OneIn(3) ? chance.Of(s_moments) : new DateTime(1990, 1, 1).AddMinutes(chance.Below(40_000_000));
        return DateTime.SpecifyKind(moment, (DateTimeKind)chance.Below(3));
    }

    private static IEnumerable<object> SimplerMoments(DateTime moment)
    {
        if (moment.Kind != DateTimeKind.Unspecified)
        {
            yield return DateTime.SpecifyKind(moment, DateTimeKind.Unspecified);
        }

        foreach (var unit in new[] { TimeSpan.TicksPerDay, TimeSpan.TicksPerHour, TimeSpan.TicksPerMinute, TimeSpan.TicksPerSecond })
        {
            if (moment.Ticks % unit != 0)
            {
                yield return new DateTime(moment.Ticks - (moment.Ticks % unit), moment.Kind);
            }
        }

        if (moment.Date != s_day)
        {
            yield return DateTime.SpecifyKind(s_day, moment.Kind);
            yield return DateTime.SpecifyKind(s_day.Add(moment.TimeOfDay), moment.Kind);
        }
    }

    private static DateTimeOffset Offset(Chance chance)
    {
        var offset = TimeSpan.FromMinutes((chance.Below(57) - 28) * 30);
        var ticks = Math.Clamp(Moment(chance).Ticks, TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay);
        return new DateTimeOffset(ticks, chance.OneIn(2) ? TimeSpan.Zero : offset);
    }

    private static TimeSpan Span(Chance chance) => chance.Below(8) switch
    {
        0 => TimeSpan.Zero,
        1 => new TimeSpan(chance.Number()),
        2 => TimeSpan.FromDays(chance.Below(800) - 400),
        3 => chance.OneIn(2) ? TimeSpan.MaxValue : TimeSpan.MinValue,
        4 => TimeSpan.FromHours(chance.Below(100)),
        5 => TimeSpan.FromMilliseconds(chance.Below(100_000)),
        _ => TimeSpan.FromSeconds(chance.Below(200_000) - 1000),
    };

    private static Guid Id(Chance chance)
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, chance.Next());
        BitConverter.TryWriteBytes(bytes[8..], chance.Next());
        return new Guid(bytes);
    }
}
