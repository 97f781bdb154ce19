using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance.Records;

/// <summary>What checkpoints tell of the commits that name them: agent and session of the commit as a whole, and the prompts.</summary>
internal sealed class EntireRecords(GitRepository repository, IReadOnlyDictionary<string, List<TreeFile>> checkpoints) : ICommitRecords
{
    /// <summary>What the commit's trailer is read as: the tool that recorded the session, whoever the agent was.</summary>
    public const string Recorder = "entire";

    private const int MostCheckpoints = 32;
    private const int MostSessions = 32;
    private const long LargestMetadata = 1 << 20;
    private const long LargestPrompt = 1 << 20;

    private sealed record Session(string Folder, Agent Agent, bool WroteNothing, DateTimeOffset? At);

    public string Source => EntireSource.Branch;

    public int Count => checkpoints.Count;

    public int Unplaced => 0;

    public async ValueTask<CommitRecord?> OfAsync(Commit commit, ImmutableArray<Signal> own, CancellationToken cancel)
    {
        var marks = Marks(own);
        if (marks.IsEmpty)
        {
            return null;
        }

        var signals = ImmutableArray.CreateBuilder<Signal>();
        var missing = 0;
        var wroteSomething = false;
        foreach (var mark in marks)
        {
            var sessions = await SessionsAsync(mark.Agent!.Session!, cancel);
            missing += sessions.Count == 0 ? 1 : 0;
            wroteSomething |= sessions.Count == 0 || sessions.Exists(session => !session.WroteNothing);
            signals.AddRange(sessions.Select(session => new Signal(
                "checkpoint", Source, session.WroteNothing ? SignalStrength.Assist : mark.Strength, $"checkpoint {mark.Agent.Session}", session.Agent)));
        }

        return new CommitRecord("checkpoint", Source, AttestedFiles.None)
        {
            Signals = signals.ToImmutable(),
            MissingRecords = missing,
            Overrules = wroteSomething ? null : Recorder,
        };
    }

    public async ValueTask<IEnumerable<Prompt>> PromptsAsync(Commit commit, ImmutableArray<Signal> own, CancellationToken cancel)
    {
        var prompts = new List<Prompt>();
        foreach (var mark in Marks(own))
        {
            foreach (var session in await SessionsAsync(mark.Agent!.Session!, cancel))
            {
                var text = await ReadAsync(mark.Agent.Session!, $"{session.Folder}prompt.txt", LargestPrompt, cancel);
                if (text is not null && Prompt.Of(Source, session.Agent, GitText.Decode(text), session.At) is { } prompt)
                {
                    prompts.Add(prompt);
                }
            }
        }

        return prompts;
    }

    private static ImmutableArray<Signal> Marks(ImmutableArray<Signal> own) =>
        [.. own.Where(signal => signal.Agent is { Name: Recorder, Session: not null }).DistinctBy(signal => signal.Agent!.Session, StringComparer.Ordinal).Take(MostCheckpoints)];

    private async Task<List<Session>> SessionsAsync(string checkpoint, CancellationToken cancel)
    {
        var sessions = new List<Session>();
        var files = checkpoints.GetValueOrDefault(checkpoint) ?? [];
        var folders = files.Select(file => file.Path.Value)
            .Where(path => path.EndsWith("/metadata.json", StringComparison.Ordinal) && path.AsSpan().Count('/') == 3);
        foreach (var path in folders.Order(StringComparer.Ordinal).Take(MostSessions))
        {
            if (await ReadAsync(checkpoint, path, LargestMetadata, cancel) is { } text
                && OutsideJson.TryRead(text, root => SessionOf(path[..^"metadata.json".Length], root), out var session, out _))
            {
                sessions.Add(session!);
            }
        }

        return sessions;
    }

    private static Session SessionOf(string folder, OutsideJson root)
    {
        var name = root.Text("agent");
        return new Session(
            folder,
            new Agent(
                AgentName.Find(name) ?? AgentName.FromTool(name),
                ModelName.FromField(root.Text("model")),
                SignalLimits.BoundOrNull(root.Text("session_id"))),
            root.Member("initial_attribution").WholeNumber("agent_lines") is 0,
            root.Instant("created_at"));
    }

    private async Task<byte[]?> ReadAsync(string checkpoint, string path, long maxBytes, CancellationToken cancel) =>
        checkpoints[checkpoint].Find(file => file.Path.Value == path) is { } file ? await repository.ReadObjectAsync(file.Blob, maxBytes, cancel) : null;
}
