namespace Airworthy.Model;

/// <summary>Something observed about a unit: covered, killed, passed, executed.</summary>
/// <param name="Kind">What kind, e.g. <c>production-calls</c>, <c>coverage</c>.</param>
/// <param name="Source">What observed it, e.g. <c>otlp:span</c>.</param>
/// <param name="Unit">The unit's symbol.</param>
/// <param name="Path">Its file; null when only the symbol is known.</param>
/// <param name="Revision">The revision observed; null while unresolved.</param>
/// <param name="Count">How many observations.</param>
/// <param name="Bad">How many of them were bad.</param>
/// <param name="Instances">Distinct instances that observed it.</param>
public sealed record Evidence(
    string Kind, string Source, string Unit, RepoPath? Path, CommitId? Revision, long Count, long Bad, int Instances);
