using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Policies;
using Airworthy.Provenance;

namespace Airworthy.Journeys;

/// <summary>Who wrote lines and commits, by their marks and by what the policy declares of those without any.</summary>
internal sealed class GateAuthors(AuthorshipReader reader, Policy policy)
{
    private static readonly Signal s_declared =
        new("policy", Policy.FileName.Value, SignalStrength.Proof, "unattributed: human", Agent: null);

    /// <summary>Who wrote the lines of a file; the spans cover it, in order.</summary>
    public async Task<ImmutableArray<(LineSpan Span, Authorship By)>> OfFileAsync(FileOrigins file, CancellationToken cancel)
    {
        var runs = await BlameJourney.RunsAsync(file, reader, cancel);
        return [.. runs.Select(run => (run.Lines.Span, Declared(run.Authorship)))];
    }

    /// <summary>Who wrote a commit as a whole.</summary>
    public async Task<Authorship> OfCommitAsync(Commit commit, CancellationToken cancel) => Declared(await reader.OfAsync(commit, cancel));

    /// <summary>What no one marked is a person's only where the base's policy vouches for it; a weak mark of an agent is a mark.</summary>
    private Authorship Declared(Authorship authorship) =>
        authorship is { Kind: AuthorKind.Unknown, Signals.IsEmpty: true } && policy.Unattributed == AuthorKind.Human
            ? new Authorship(AuthorKind.Human, [], [s_declared], AuthorshipBasis.Commit)
            : authorship;
}
