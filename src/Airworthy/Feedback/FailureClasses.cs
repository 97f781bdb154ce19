using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Airworthy.Feedback;

/// <summary>The list of failure classes, the most telling first. The last one fits everything.</summary>
internal static partial class FailureClasses
{
    public static ImmutableArray<FailureClass> All { get; } =
    [
        new("culture-dependent-parse",
            ["FormatException", "OverflowException", "NumberFormatException", "DateTimeParseException", "ParseException"],
            CultureDependentParse(),
            "In {0}, read numbers and dates with an explicit culture: the invariant one for data, the user's own only for what a person typed.",
            "a test that runs {0} under a comma-decimal culture (de-DE) with values such as 1,5 and 1.234,56"),
        new("division-by-zero",
            ["DivideByZeroException", "ZeroDivisionError"],
            null,
            "In {0}, decide what a divisor of zero means before dividing.",
            "a test of {0} with zero as every divisor it takes or derives"),
        new("numeric-overflow",
            ["OverflowException", "ArithmeticException"],
            null,
            "In {0}, take the largest and smallest values the callers can send, and keep them in range or refuse them by name.",
            "a test of {0} at the ends of its numeric range"),
        new("null-dereference",
            ["NullReferenceException", "ArgumentNullException", "NullPointerException", "AttributeError", "TypeError"],
            null,
            "In {0}, handle what may be absent (an optional field, a lookup that finds nothing) before it is used.",
            "a test of {0} with every optional input left out"),
        new("index-out-of-bounds",
            ["IndexOutOfRangeException", "ArgumentOutOfRangeException", "ArrayIndexOutOfBoundsException", "StringIndexOutOfBoundsException",
             "IndexOutOfBoundsException", "IndexError", "RangeError"],
            null,
            "In {0}, check positions and lengths against what is really there: empty, one, and one past the end.",
            "a test of {0} with empty, one-element and longest inputs"),
        new("missing-key",
            ["KeyNotFoundException", "KeyError", "NoSuchElementException", "MissingKeyException"],
            null,
            "In {0}, look a key up in a way that has an answer for a key that is not there.",
            "a test of {0} with a key that is not there"),
        new("empty-sequence",
            ["InvalidOperationException", "NoSuchElementException"],
            TakesFromSequence(),
            "In {0}, say what happens when a sequence has no element, or more than one, before taking one from it.",
            "a test of {0} with no element and with two"),
        new("modified-while-read",
            ["InvalidOperationException", "ConcurrentModificationException"],
            ChangesCollection(),
            "In {0}, never change a collection while it is being read, nor share it between threads unguarded.",
            "a concurrent test of {0}"),
        new("rounding",
            ["InvalidOperationException", "ArgumentException", "ArgumentOutOfRangeException"],
            Rounds(),
            "In {0}, round once, at the end, and make the parts of an amount add up to the whole.",
            "a property test of {0}: the parts add up to the whole, for every amount and number of parts"),
        new("culture-dependent-parse",
            ["InvalidOperationException", "ArgumentException", "ValidationException"],
            CultureDependentParse(),
            "In {0}, read and write numbers and dates with an explicit culture: the invariant one for data, the user's own only for what a person typed.",
            "a test that runs {0} under a comma-decimal culture (de-DE) with values such as 1,5 and 1.234,56"),
        new("malformed-input",
            ["FormatException", "JsonException", "NumberFormatException", "ParseException", "SyntaxError", "ValueError", "JSONDecodeError"],
            null,
            "In {0}, expect input that is empty, cut off or of another shape, and answer it without throwing.",
            "a test of {0} with empty, truncated and unexpected input"),
        new("invalid-cast",
            ["InvalidCastException", "ClassCastException"],
            null,
            "In {0}, test a value's type before relying on it.",
            "a test of {0} with each type that can reach it"),
        new("use-after-dispose",
            ["ObjectDisposedException"],
            null,
            "In {0}, keep what is used alive until the last use, asynchronous continuations included.",
            "a test of {0} in which its owner ends first"),
        new("timeout",
            ["TimeoutException", "TaskCanceledException", "OperationCanceledException", "SocketTimeoutException", "HttpRequestException",
             "TimeoutError"],
            null,
            "In {0}, give every call to another system a limit, and say what happens when it is reached.",
            "a test of {0} against a dependency that never answers"),
        new("storage-constraint",
            ["SqliteException", "SqlException", "PostgresException", "DbUpdateException", "DbUpdateConcurrencyException", "IntegrityError"],
            null,
            "In {0}, expect the store to refuse a row (missing parent, duplicate, concurrent change), and answer it.",
            "a test of {0} against the real store with a duplicate and with a missing parent"),
        new("regression",
            [],
            null,
            "In {0}, keep what callers rely on: before changing it, list the unusual but valid inputs it serves and run them.",
            "a test that replays the failing call of {0}"),
    ];

    [GeneratedRegex(
        """\b(?:decimal|double|float|int|long|short|Decimal|Double|Single|Int32|Int64|DateTime|DateTimeOffset|DateOnly|TimeSpan)\.(?:Try)?Parse(?:Exact)?\s*\(|\bConvert\.To(?:Decimal|Double|Single|Int32|Int64|DateTime)\s*\(|\.ToString\(\s*(?:"[^"]*")?\s*\)|\b(?:parseFloat|Float\.parseFloat|Double\.parseDouble|strtod|atof)\s*\(""",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex CultureDependentParse();

    [GeneratedRegex("""\.(?:First|Single|Last|Max|Min|Average|Aggregate|ElementAt)(?:Async)?\s*\(""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TakesFromSequence();

    [GeneratedRegex("""\.(?:Remove|RemoveAt|RemoveAll|Add|Insert|Clear)\s*\(""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ChangesCollection();

    [GeneratedRegex("""\b[Mm]ath\.(?:Round|Floor|Ceiling|Truncate|round|floor|ceil|trunc)\s*\(|\bdecimal\.(?:Round|Floor|Ceiling|Truncate)\s*\(|\(int\)|\(long\)""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rounds();
}
