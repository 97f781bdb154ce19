using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Verification;
using Airworthy.Verification.Coverage;
using Airworthy.Verification.Findings;
using Airworthy.Verification.Mutation;

namespace Airworthy.Journeys;

/// <summary>The reports of a change, read. Nothing but the names of its files is needed for that, so they are read while its authors are looked up.</summary>
internal sealed class GateReports
{
    private readonly Dictionary<RepoPath, RepoPath> _names;

    private GateReports(GitRepository repository, TestedFiles tested, GateComparison sides, CommitId? testedAt, IReadOnlyCollection<RepoPath> changed)
    {
        Tested = tested;
        _names = changed.GroupBy(tested.NameWhenTested).ToDictionary(group => group.Key, group => group.First());
        Coverage = new CoverageReading(tested.Files, _names.Keys, repository.WorkTree, Place, path => tested.Length(NameAtHead(path)));
        Mutation = new MutationReading(tested.Files, _names.Keys, repository.WorkTree, Place);
        Findings = new FindingReading(tested.Files, _names.Keys, repository.WorkTree, Place);
        Files = new GateEvidenceFiles(tested, sides.Head, testedAt);
    }

    /// <summary>The files that were tested.</summary>
    public TestedFiles Tested { get; }

    /// <summary>The coverage reports.</summary>
    public CoverageReading Coverage { get; }

    /// <summary>The reports of mutation testers.</summary>
    public MutationReading Mutation { get; }

    /// <summary>The logs of analyzers.</summary>
    public FindingReading Findings { get; }

    /// <summary>The evidence files.</summary>
    public GateEvidenceFiles Files { get; }

    /// <summary>Reads all reports of <paramref name="request"/> that speak of files, each kind by itself.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="request">What was given.</param>
    /// <param name="sides">What is compared.</param>
    /// <param name="changed">The files that matter, by their names at the head.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="FaultException">One can't be taken as evidence.</exception>
    public static async Task<GateReports> ReadAsync(
        GitRepository repository, GateRequest request, GateComparison sides, IReadOnlyCollection<RepoPath> changed, CancellationToken cancel)
    {
        var testedAt = request.TestedAt is { } revision ? await repository.ResolveAsync(revision, cancel) : (CommitId?)null;
        var tested = await TestedFiles.FindAsync(repository, testedAt, sides.Head, changed, cancel);
        var reports = new GateReports(repository, tested, sides, testedAt, changed);
        await Task.WhenAll(
            ReadEachAsync(request.Coverage, reports.Coverage.Add, cancel),
            ReadEachAsync(request.Mutation, reports.Mutation.Add, cancel),
            ReadEachAsync(request.Evidence, reports.Files.Add, cancel),
            Task.Run(
                async () =>
                {
                    await ReadEachAsync(request.SarifBaseline, reports.Findings.AddBaseline, cancel);
                    await ReadEachAsync(request.Sarif, reports.Findings.Add, cancel);
                },
                cancel));
        return reports;
    }

    /// <summary>The name at the head of a file that was tested.</summary>
    public RepoPath NameAtHead(RepoPath path) => _names.GetValueOrDefault(path, path);

    private int? Place(RepoPath path, int line) => Tested.Place(NameAtHead(path), line);

    private static Task ReadEachAsync(ImmutableArray<ReportFile> given, Action<ReportFile> add, CancellationToken cancel) => given.IsEmpty ? Task.CompletedTask : Task.Run(
        () =>
        {
            foreach (var report in given)
            {
                cancel.ThrowIfCancellationRequested();
                add(report);
            }
        },
        cancel);
}
