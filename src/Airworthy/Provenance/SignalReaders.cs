using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>The list of readers of a commit's own evidence. Notes are read apart: they are no part of the commit.</summary>
internal static class SignalReaders
{
    public static ImmutableArray<ISignalReader> All { get; } =
    [
        new IdentityReader(AgentSignatures.Default),
        new CoAuthorReader(AgentSignatures.Default),
        new TrailerReader(AgentSignatures.Default),
        new AssistedByReader(AgentSignatures.Default),
        new DeclarationReader(AgentSignatures.Default),
        new FooterReader(AgentSignatures.Default),
        new PullRequestReader(AgentSignatures.Default),
        new DisclosureReader(),
    ];

    /// <summary>Every signal of <paramref name="commit"/>, each once.</summary>
    public static ImmutableArray<Signal> Read(Commit commit)
    {
        var body = new MessageBody(commit.Message);
        var signals = ImmutableArray.CreateBuilder<Signal>();
        foreach (var reader in All)
        {
            foreach (var signal in reader.Read(commit, body))
            {
                if (signals.Count < SignalLimits.SignalsPerCommit && !signals.Contains(signal) && !IsMarkItself(signal))
                {
                    signals.Add(signal);
                }
            }
        }

        return signals.DrainToImmutable();

        // A line that is a mark is not prose about one as well.
        bool IsMarkItself(Signal signal) => signal.Kind == DisclosureReader.Kind && signals.Any(told => told.Value == signal.Value);
    }
}
