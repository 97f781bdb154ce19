using System.Diagnostics;
using Airworthy.Git;
using Airworthy.Incidents;
using Airworthy.Model;

namespace Airworthy.AttributionCases;

/// <summary>One project that is mined, a case after the other, each written as it is done; what is there already is kept.</summary>
internal sealed class Mine : IAsyncDisposable
{
    /// <summary>A case that takes longer is left out, and told: a file of a hundred thousand lines.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(6);

    private readonly GitRepository _repository;
    private readonly string _folder;
    private readonly Queue<LabelledFix> _left;
    private readonly HashSet<string> _byHand;
    private MinedProject _project;

    private Mine(GitRepository repository, MinedProject project, string folder, List<LabelledFix> byHand, List<LabelledFix> incidents)
    {
        (_repository, _project, _folder) = (repository, project, folder);
        _byHand = [.. byHand.Select(incident => incident.Name)];
        _left = new Queue<LabelledFix>(incidents.Where(incident => project.Cases.All(known => known.Fix != incident.Name)));
    }

    /// <summary>Reads a clone's history for incidents, those that a person labelled first; or takes these alone, and leaves what was mined as it is.</summary>
    public static async Task<Mine> OpenAsync(string clone, string project, string folder, bool byHandAlone, CancellationToken cancel)
    {
        var repository = await GitRepository.OpenAsync(clone, cancel);
        var history = await ProjectHistory.ReadAsync(repository, "HEAD", cancel);
        var labels = Path.Combine(folder, "..", "labels.json");
        var known = File.Exists(labels) ? await HandLabels.ReadAsync(labels, repository, project, history.Requests, cancel) : [];
        var before = MinedProject.Open(folder, project);
        if (byHandAlone)
        {
            Console.Error.WriteLine($"{project}: {known.Count} labelled");
            return new Mine(repository, before, folder, known, known);
        }

        var found = await Mining.FindAsync(repository, project, history, cancel);
        Console.Error.WriteLine($"{project}: {known.Count} labelled, {found.Count} found");
        List<LabelledFix> incidents = [.. known, .. found];

        // What is no incident by today's rules goes.
        var kept = before with { Cases = [.. before.Cases.Where(at => incidents.Exists(incident => incident.Name == at.Fix))] };
        if (kept.Cases.Length < before.Cases.Length)
        {
            kept.Write(folder);
        }

        return new Mine(repository, kept, folder, known, incidents);
    }

    /// <summary>Goes on until so many of the project's cases come from its history: one project is not to outweigh all others. What a person labelled is taken in any case.</summary>
    public async Task WorkAsync(int most, CancellationToken cancel)
    {
        while (_left.TryPeek(out var incident) && (_byHand.Contains(incident.Name) || _project.Cases.Count(at => !_byHand.Contains(at.Fix)) < most))
        {
            _left.Dequeue();
            var watch = Stopwatch.StartNew();
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            patience.CancelAfter(s_patience);
            try
            {
                if (await CaseAsync(incident, patience.Token) is not { } mined)
                {
                    Console.Error.WriteLine($"{_project.Project} {incident.Name} left out: no frame is the repository's");
                    continue;
                }

                _project = _project with { Cases = [.. _project.Cases.Append(mined).OrderBy(at => at.Fix, StringComparer.Ordinal)] };
                _project.Write(_folder);
                Console.Error.WriteLine(
                    $"{_project.Project} {incident.Name[..Math.Min(12, incident.Name.Length)]} {mined.Kind} {mined.Label} frames {mined.Frames.Length} candidates {mined.Candidates.Length} {(mined.IsReachable ? $"cause at {Array.FindIndex(mined.Candidates, at => at.IsCause) + 1}" : "cause not among them")}, {watch.Elapsed.TotalSeconds:0.0} s");
            }
            catch (Exception left) when (left is GitException or OperationCanceledException && !cancel.IsCancellationRequested)
            {
                // A snapshot may lack large files: what can't be read there is no case.
                Console.Error.WriteLine($"{_project.Project} {incident.Name} left out: {left.Message}");
            }
        }
    }

    public ValueTask DisposeAsync() => _repository.DisposeAsync();

    /// <summary>One case; null when no frame of the trace is the repository's.</summary>
    private async Task<MinedCase?> CaseAsync(LabelledFix incident, CancellationToken cancel)
    {
        var attributor = new Attributor(_repository, (_, _) => ValueTask.FromResult(Authorship.Unknown), (_, _) => ValueTask.FromResult<ChangeId?>(null));
        var query = new AttributionQuery(incident.Trace, new DeployedRevision(incident.Revision, RevisionSource.Given, Degraded: false), incident.Seen);
        var (frames, tree, candidates) = await attributor.CandidatesAsync(query, cancel);
        var own = frames.Where(frame => frame is { InApp: true, Path: not null }).ToArray();
        if (own.Length == 0)
        {
            return null;
        }

        var (top, newest) = await Baselines.OfAsync(_repository, tree, frames, cancel);
        return new MinedCase(
            incident.Name,
            incident.Label.ToString(),
            incident.Trace.Dialect,
            incident.Revision.Hex,
            [.. incident.Causes.Select(cause => cause.Hex)],
            [.. own.Take(30).Select(frame => new MinedFrame(frame.Frame.Symbol, frame.Path!.Value.Value, frame.Line ?? frame.Frame.Line))],
            top is { } blamed && incident.Causes.Contains(blamed),
            newest is { } last && incident.Causes.Contains(last),
            [.. candidates.Select(candidate => new MinedCandidate(candidate.Commit.Id.Short, incident.Causes.Contains(candidate.Commit.Id), candidate.Vector()))],
            OutwardFailure.Describe(incident.Trace) is not null);
    }
}
