using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Airworthy.Model;

namespace Airworthy.Feedback;

/// <summary>The list of failure classes, the most telling first. The last one fits everything.</summary>
internal static partial class FailureClasses
{
    private const string CultureRule =
        "In {0}, name the culture on every parse and format: `CultureInfo.InvariantCulture` for what a program stored or sent, the current one "
        + "only for what a person typed or reads. Without one the caller's language decides whether a point or a comma is the decimal separator.";

    private const string CultureGuard =
        "a test that runs {0} with `CultureInfo.CurrentCulture` set to de-DE on a fractional value as it is stored (0.15) and on a grouped one (1,234.56), "
        + "and expects the result of en-US; analyzer rule CA1305 as an error finds the other places";

    public static ImmutableArray<FailureClass> All { get; } =
    [
        new("culture-dependent-parse",
            ["FormatException", "OverflowException"],
            CultureDependentParse(),
            CultureRule,
            CultureGuard) { GuardKind = GuardKind.Analyzer },
        new("culture-dependent-parse",
            ["NumberFormatException", "DateTimeParseException", "ParseException"],
            CultureDependentParse(),
            "In {0}, read stored and transmitted numbers and dates with a fixed locale: the default one follows the machine or the user, and "
            + "decides what a comma and a point mean. Use the user's own only for what a person typed.",
            "a test that runs {0} with a comma-decimal default locale (de-DE) on a fractional value as it is stored (0.15) and expects the result of en-US"),
        new("division-by-zero",
            ["DivideByZeroException", "ZeroDivisionError"],
            null,
            "In {0}, decide what a divisor of zero means (an empty list, a count of none, a total of nothing) before dividing.",
            "a test of {0} in which each divisor it takes or derives is zero"),
        new("argument-out-of-range",
            ["ArgumentOutOfRangeException", "ArgumentException", "IllegalArgumentException"],
            null,
            "In {0}, check a computed value against the limits of what it is passed to before passing it: {1} refuses what is out of its "
            + "range, and the inputs of {0} can combine to that. Refuse such inputs by name, or say what they mean, such as a deduction larger than the amount.",
            "a test of {0} with inputs whose result lies just below, at and just above the limits that {1} checks: a deduction equal to the whole, one larger, and none",
            Feedback.Refusal.Callee),
        new("argument-out-of-range",
            ["ArgumentOutOfRangeException", "ArgumentException", "IllegalArgumentException"],
            null,
            "In {0}, a check refuses values that production sends: settle which values are valid, and make callers check before they call or {0} take them.",
            "a test of {0} at, just below and just above each limit it checks, reached through its callers",
            Feedback.Refusal.Own),
        new("numeric-overflow",
            ["OverflowException", "ArithmeticException"],
            null,
            "In {0}, take the largest and smallest values the callers can send, and keep them in range or refuse them by name.",
            "a test of {0} with zero, the smallest and the largest value of each number it takes"),
        new("null-dereference",
            ["NullReferenceException", "ArgumentNullException", "NullPointerException", "AttributeError", "TypeError"],
            null,
            "In {0}, handle what may be absent (an optional field, a lookup that finds nothing) before it is used.",
            "a test of {0} in which each optional field is left out and each lookup finds nothing, one at a time"),
        new("index-out-of-bounds",
            ["IndexOutOfRangeException", "ArgumentOutOfRangeException", "ArrayIndexOutOfBoundsException", "StringIndexOutOfBoundsException",
             "IndexOutOfBoundsException", "IndexError", "RangeError"],
            null,
            "In {0}, check positions and lengths against what is really there: empty, one, and one past the end.",
            "a test of {0} with an empty input, one of a single element, and a position one past the end"),
        new("missing-key",
            ["KeyNotFoundException", "KeyError", "NoSuchElementException", "MissingKeyException"],
            null,
            "In {0}, look a key up in a way that has an answer for a key that is not there, and say what that answer means to the caller.",
            "a test of {0} with a valid key that nothing was stored under yet"),
        new("empty-sequence",
            ["InvalidOperationException", "NoSuchElementException"],
            TakesFromSequence(),
            "In {0}, say what happens when a sequence has no element, or more than one, before taking one from it.",
            "a test of {0} with no element and with two"),
        new("modified-while-read",
            ["InvalidOperationException", "ConcurrentModificationException"],
            ChangesCollection(),
            "In {0}, never change a collection while it is being read, nor share it between threads unguarded.",
            "a test that calls {0} from several threads while the collection it reads is changed"),
        new("rounding",
            ["InvalidOperationException", "ArgumentException", "ArgumentOutOfRangeException"],
            Rounds(),
            "In {0}, round once, at the end, and make the parts of an amount add up to the whole.",
            "a property test of {0}: the parts add up to the whole, for every amount and number of parts"),
        new("culture-dependent-parse",
            ["InvalidOperationException", "ArgumentException", "ValidationException"],
            CultureDependentParse(),
            CultureRule,
            CultureGuard) { GuardKind = GuardKind.Analyzer },
        new("malformed-input",
            ["FormatException", "JsonException", "NumberFormatException", "ParseException", "SyntaxError", "ValueError", "JSONDecodeError"],
            null,
            "In {0}, expect input that is empty, cut off or of another shape, and answer it without throwing.",
            "a test of {0} with an empty input, one cut off in the middle, and one of another shape"),
        new("invalid-cast",
            ["InvalidCastException", "ClassCastException"],
            null,
            "In {0}, test a value's type before relying on it.",
            "a test of {0} with each type that can reach it"),
        new("use-after-dispose",
            ["ObjectDisposedException"],
            null,
            "In {0}, keep what is used alive until the last use, asynchronous continuations included.",
            "a test of {0} in which the owner of what it uses is disposed of before it ends"),
        new("timeout",
            ["TimeoutException", "TaskCanceledException", "OperationCanceledException", "SocketTimeoutException", "HttpRequestException",
             "TimeoutError"],
            null,
            "In {0}, give every call to another system a limit, and say what happens when it is reached.",
            "an alert on the rate of limits reached in {0}, and a test of it against a dependency that never answers") { GuardKind = GuardKind.Alert },
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
