using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>What is kept of one commit.</summary>
/// <param name="CommittedAt">The committer's date.</param>
/// <param name="Signals">Its signals, weighed by what its pull request shows.</param>
internal readonly record struct KeptMark(DateTimeOffset CommittedAt, ImmutableArray<Signal> Signals);
