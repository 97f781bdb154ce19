using System.Collections.Immutable;

namespace Airworthy.Model;

/// <summary>An exception and its frames, innermost frame first.</summary>
/// <param name="Dialect">The reader that knew it, e.g. <c>dotnet</c>.</param>
/// <param name="Type">The exception's type; null when not told.</param>
/// <param name="Message">Its message: hostile text.</param>
/// <param name="Frames">Innermost first.</param>
/// <param name="Inner">What caused it; null when nothing is told.</param>
public sealed record StackTrace(string Dialect, string? Type, string? Message, ImmutableArray<StackFrame> Frames, StackTrace? Inner = null)
{
    /// <summary>The exception at the root: the innermost of the chain.</summary>
    public StackTrace Root => Inner?.Root ?? this;
}
