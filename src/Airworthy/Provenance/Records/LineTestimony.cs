using Airworthy.Model;

namespace Airworthy.Provenance.Records;

/// <summary>One record's word on lines.</summary>
/// <param name="Record">The record.</param>
/// <param name="Lines">The lines and whom it names for them.</param>
internal readonly record struct LineTestimony(CommitRecord Record, AttestedLines Lines)
{
    /// <summary>The same as a signal.</summary>
    public Signal Signal => new(
        Record.Kind,
        Record.Source,
        Lines.Author.Strength,
        FormattableString.Invariant($"lines {Lines.Span.Start}-{Lines.Span.End}"),
        Lines.Author.Agent);
}
