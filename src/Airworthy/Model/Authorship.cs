using System.Collections.Immutable;

namespace Airworthy.Model;

/// <summary>Who wrote a line or a commit, with everything that says so.</summary>
/// <param name="Kind">The answer.</param>
/// <param name="Agents">All agents named by the signals that count; empty unless <paramref name="Kind"/> is <see cref="AuthorKind.Ai"/>.</param>
/// <param name="Signals">Every signal seen, also those too weak to count.</param>
/// <param name="Basis">Whether it is known by line or by commit.</param>
public sealed record Authorship(
    AuthorKind Kind, ImmutableArray<Agent> Agents, ImmutableArray<Signal> Signals, AuthorshipBasis Basis)
{
    /// <summary>
    /// Signals among <see cref="Signals"/> that are strong enough to count and say otherwise: a record of people beside an agent's mark, another
    /// agent named for the same line.
    /// </summary>
    public ImmutableArray<Signal> Conflicts { get; init; } = [];

    /// <summary>Nothing is known.</summary>
    public static Authorship Unknown { get; } = new(AuthorKind.Unknown, [], [], AuthorshipBasis.Commit);
}
