using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>The lists of readers of a commit's own evidence. Notes are read apart: they are no part of the commit.</summary>
internal static class SignalReaders
{
    private static readonly ImmutableArray<ISignalReader> s_ofCommits =
    [
        new IdentityReader(AgentSignatures.Default),
        new PullRequestReader(AgentSignatures.Default),
    ];

    private static readonly ImmutableArray<ITextReader> s_ofText =
    [
        new CoAuthorReader(AgentSignatures.Default),
        new TrailerReader(AgentSignatures.Default),
        new AssistedByReader(AgentSignatures.Default),
        new DeclarationReader(AgentSignatures.Default),
        new FooterReader(AgentSignatures.Default),
        new DisclosureReader(),
    ];

    /// <summary>Every signal of <paramref name="commit"/>, each once.</summary>
    public static ImmutableArray<Signal> Read(Commit commit)
    {
        var body = new MessageBody(commit.Message);
        return Bounded(s_ofCommits.SelectMany(reader => reader.Read(commit, body)).Concat(All(body)));
    }

    /// <summary>Every signal of a text, each once.</summary>
    public static ImmutableArray<Signal> Read(MessageBody body) => Bounded(All(body));

    private static IEnumerable<Signal> All(MessageBody body) => s_ofText.SelectMany(reader => reader.Read(body));

    private static ImmutableArray<Signal> Bounded(IEnumerable<Signal> read)
    {
        var signals = ImmutableArray.CreateBuilder<Signal>();
        foreach (var signal in read)
        {
            if (signals.Count < SignalLimits.SignalsPerCommit && !signals.Contains(signal) && !IsMarkItself(signal))
            {
                signals.Add(signal);
            }
        }

        return signals.DrainToImmutable();

        // A line that is a mark is not prose about one as well.
        bool IsMarkItself(Signal signal) => signal.Kind == DisclosureReader.Kind && signals.Any(told => told.Value == signal.Value);
    }
}
