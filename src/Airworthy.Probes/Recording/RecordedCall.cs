using System.Collections.Immutable;

namespace Airworthy.Probes.Recording;

/// <summary>One call of a method, as it is to be recorded.</summary>
/// <param name="Unit">The documentation-comment id of the method.</param>
/// <param name="Arguments">Its arguments in order, with their names.</param>
/// <param name="Receiver">The object it was called on, or null.</param>
/// <param name="Result">What it returned, unless it threw.</param>
/// <param name="Thrown">The exception that left it, or null. Of it the type is recorded: a message is the app's own code.</param>
internal sealed record RecordedCall(
    string Unit, ImmutableArray<KeyValuePair<string, object?>> Arguments, object? Receiver, object? Result, Exception? Thrown)
{
    public string Service { get; init; } = "";

    public string Revision { get; init; } = "";
}
