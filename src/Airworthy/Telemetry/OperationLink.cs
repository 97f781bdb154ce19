namespace Airworthy.Telemetry;

/// <summary>That failures of an operation went through a function: an operation's spans name no code, its stack traces do.</summary>
/// <param name="Operation">The operation, as spans tell it.</param>
/// <param name="Function">The function as traces tell it.</param>
/// <param name="File">The file as they tell it; empty when not told.</param>
/// <param name="Through">How many traces went through it.</param>
/// <param name="Traces">Of how many of the operation; counted up to <see cref="IOperationLinks.MostTraces"/>.</param>
public sealed record OperationLink(string Operation, string Function, string File, long Through, long Traces)
{
    /// <summary>True when what is counted under a name is this operation: a server's own metric names the method before the route, a span may not.</summary>
    public bool IsCountedAs(string name) => IsSame(name, Operation);

    /// <summary>True when two names are of one operation: one may tell its method, the other not.</summary>
    public static bool IsSame(string one, string other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return string.Equals(one, other, StringComparison.Ordinal) || IsWithMethod(one, other) || IsWithMethod(other, one);
    }

    private static bool IsWithMethod(string whole, string route) =>
        whole.Length - route.Length - 1 is var at and > 0
        && whole[at] == ' '
        && whole.EndsWith(route, StringComparison.Ordinal)
        && !whole.AsSpan(0, at).ContainsAnyExceptInRange('A', 'Z');
}
