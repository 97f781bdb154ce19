using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Airworthy.Model;

namespace Airworthy.Feedback;

/// <summary>
/// A class of failure: how it is recognised, and what to tell agents about it. The texts are our own; of production only the exception's
/// type is compared, of the repository only the unit's name is quoted.
/// </summary>
/// <param name="Name">Its stable name, e.g. <c>culture-dependent-parse</c>.</param>
/// <param name="Exceptions">Simple names of exception types that point to it, in any language; empty: any type.</param>
/// <param name="Added">What a line added by the change must match; null when the type says enough.</param>
/// <param name="Rule">The rule, with <c>{0}</c> for the unit and <c>{1}</c> for the one whose guard refused.</param>
/// <param name="Guard">The regression test that would catch it, with the same names.</param>
/// <param name="Refusal">Whose guard must have thrown; null: any or none.</param>
internal sealed record FailureClass(string Name, ImmutableArray<string> Exceptions, Regex? Added, string Rule, string Guard, Refusal? Refusal = null)
{
    /// <summary>What kind of guard catches it best.</summary>
    public GuardKind GuardKind { get; init; } = GuardKind.RegressionTest;

    /// <summary>True when the exception, the guard that threw and the change fit.</summary>
    public bool Fits(FailureSite site) =>
        (Exceptions.IsEmpty || Exceptions.Contains(SimpleName(site.ExceptionType), StringComparer.Ordinal))
        && (Refusal is null || Refusal == site.Refusal)
        && (Added is null || site.Added.Any(line => Added.IsMatch(line)));

    /// <summary><c>System.FormatException</c>, <c>java.lang.NumberFormatException</c>, <c>pkg::Error`1</c>: the last part of the name.</summary>
    private static string SimpleName(string? type)
    {
        var name = type.AsSpan().Trim();
        var start = name.LastIndexOfAny(".:+$/") + 1;
        name = name[start..];
        return name.IndexOf('`') is var arity and >= 0 ? name[..arity].ToString() : name.ToString();
    }
}
