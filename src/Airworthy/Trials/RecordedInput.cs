using System.Collections.Immutable;

namespace Airworthy.Trials;

/// <summary>What production once called a unit with: tried as it was, before anything is drawn.</summary>
/// <param name="Culture">The culture's name; empty for the invariant one.</param>
/// <param name="Receiver">The object it was called on, as docs/formats/recording.md writes values in JSON; null of a static member.</param>
/// <param name="Arguments">The arguments, likewise.</param>
public sealed record RecordedInput(string Culture, string? Receiver, ImmutableArray<string> Arguments);
