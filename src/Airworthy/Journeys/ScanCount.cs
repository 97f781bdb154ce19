using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Provenance;

namespace Airworthy.Journeys;

/// <summary>The running counts of a scan.</summary>
internal sealed class ScanCount
{
    private readonly ConcurrentDictionary<string, int> _skipped = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Agent, string Model), (long Commits, long Lines)> _models = [];
    private readonly Dictionary<string, (long Commits, long Lines)> _agents = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Path, bool IsFolder), ScanTally> _folders = [];
    private readonly CoverageCount _coverage = new();

    /// <summary>The commits: how many, known from what, month by month.</summary>
    public Coverage Commits => _coverage.Told();

    public ScanTally Lines { get; private set; }

    public long LinesKnownByLine { get; private set; }

    public void Add(Commit commit, Authorship authorship)
    {
        _coverage.Add(authorship, commit.CommittedAt, count: 1, inTrend: commit.Parents.Length < 2);
        AddAgents(authorship, commits: 1, lines: 0);
    }

    public void Add(RepoPath path, ImmutableArray<AuthoredRun> runs)
    {
        var slash = path.Value.IndexOf('/', StringComparison.Ordinal);
        ref var folder = ref CollectionsMarshal.GetValueRefOrAddDefault(
            _folders, (slash < 0 ? path.Value : path.Value[..slash], slash >= 0), out _);
        foreach (var (lines, authorship) in runs)
        {
            Lines = Lines.Plus(authorship.Kind, lines.Count);
            folder = folder.Plus(authorship.Kind, lines.Count);
            LinesKnownByLine += authorship is { Basis: AuthorshipBasis.Line, Kind: not AuthorKind.Unknown } ? lines.Count : 0;
            AddAgents(authorship, commits: 0, lines.Count);
        }
    }

    /// <summary>Counts a file that is left out; may be called from any thread.</summary>
    public void Skip(SkippedFile file) => _skipped.AddOrUpdate(file.Reason, 1, (_, files) => files + 1);

    public ImmutableArray<ScanSkipped> Skipped() =>
        [.. _skipped.Select(pair => new ScanSkipped(pair.Key, pair.Value)).OrderByDescending(skipped => skipped.Files).ThenBy(skipped => skipped.Reason, StringComparer.Ordinal)];

    public ImmutableArray<ScanAgent> Agents() =>
    [
        .. _agents
            .Select(agent => new ScanAgent(agent.Key, agent.Value.Commits, agent.Value.Lines, Models(agent.Key)))
            .OrderByDescending(agent => agent.Commits).ThenByDescending(agent => agent.Lines).ThenBy(agent => agent.Name, StringComparer.Ordinal),
    ];

    public ImmutableArray<ScanFolder> Folders() =>
    [
        .. _folders
            .Select(pair => new ScanFolder(new RepoPath(pair.Key.Path), pair.Key.IsFolder, pair.Value))
            .OrderByDescending(folder => folder.Lines.Ai).ThenByDescending(folder => folder.Lines.Total).ThenBy(folder => folder.Path),
    ];

    private ImmutableArray<ScanModel> Models(string agent) =>
    [
        .. _models
            .Where(pair => pair.Key.Agent == agent)
            .Select(pair => new ScanModel(pair.Key.Model.Length == 0 ? null : pair.Key.Model, pair.Value.Commits, pair.Value.Lines))
            .OrderByDescending(model => model.Commits).ThenByDescending(model => model.Lines).ThenBy(model => model.Name, StringComparer.Ordinal),
    ];

    private void AddAgents(Authorship authorship, int commits, long lines)
    {
        var agents = ModelName.Fold(authorship.Agents);
        for (var i = 0; i < agents.Length; i++)
        {
            var (name, model) = (agents[i].Name, agents[i].Model ?? "");
            if (IsFirst(agents, i, other => other.Name == name))
            {
                ref var total = ref CollectionsMarshal.GetValueRefOrAddDefault(_agents, name, out _);
                total = (total.Commits + commits, total.Lines + lines);
            }

            if (IsFirst(agents, i, other => other.Name == name && (other.Model ?? "") == model))
            {
                ref var total = ref CollectionsMarshal.GetValueRefOrAddDefault(_models, (name, model), out _);
                total = (total.Commits + commits, total.Lines + lines);
            }
        }
    }

    // Two sessions of one agent are one agent.
    private static bool IsFirst(ImmutableArray<Agent> agents, int index, Predicate<Agent> same)
    {
        for (var i = 0; i < index; i++)
        {
            if (same(agents[i]))
            {
                return false;
            }
        }

        return true;
    }
}
