namespace Airworthy.Model;

/// <summary>One frame as the trace tells it.</summary>
/// <param name="Symbol">The function with its type and namespace, compiler-made names folded into the method they came from; null when not told.</param>
/// <param name="File">The file as written: absolute, mapped (<c>/_/src/…</c>), of Windows; null when not told.</param>
/// <param name="Line">The line from 1; null when not told.</param>
/// <param name="IsThrowHelper">True when the frame only throws on another's behalf (<c>ArgumentNullException.ThrowIfNull</c>).</param>
public sealed record StackFrame(string? Symbol, string? File, int? Line, bool IsThrowHelper = false);
