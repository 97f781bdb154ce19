using System.Collections.Immutable;

namespace Airworthy.Trials.Running;

/// <summary>A test, before it is written for one test framework: passes at the base, fails at the head.</summary>
/// <param name="Name">A C# name for it.</param>
/// <param name="Arrange">Statements before the call.</param>
/// <param name="Act">The call, an expression or a statement without its semicolon.</param>
/// <param name="IsAsync">True when the call is awaited.</param>
/// <param name="Throws">The exception type, in C#, that is expected; null for none.</param>
/// <param name="Expected">What is expected, in C#; null when only that it ends is.</param>
/// <param name="Actual">What is compared with it, in C#, of <c>result</c> or of an argument; null as before.</param>
/// <param name="Culture">The culture to run in; empty for the invariant one.</param>
public sealed record TestCase(
    string Name, ImmutableArray<string> Arrange, string Act, bool IsAsync, string? Throws, string? Expected, string? Actual, string Culture)
{
    /// <summary>True when the call gives something that <see cref="Actual"/> may speak of.</summary>
    public bool HasResult { get; init; }
}
