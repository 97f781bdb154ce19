using System.Collections.Frozen;
using System.Collections.Immutable;
using Airworthy.Journeys.Queries;
using Airworthy.Model;

namespace Airworthy.Journeys.Debts;

/// <summary>What a server tells of a repository's code in production, as far as debt is counted by it.</summary>
/// <param name="Server">Its name of the repository.</param>
/// <param name="Services">The services that run the repository.</param>
/// <param name="States">The changes that production has proven or calls suspect, by their id.</param>
/// <param name="Calls">Calls of each unit in production, by its symbol.</param>
/// <param name="Revisions">The revisions seen running, the most called first.</param>
/// <param name="Incidents">Incidents of the repository.</param>
public sealed record DebtProduction(
    string Server,
    ImmutableArray<string> Services,
    FrozenDictionary<string, ChangeState> States,
    FrozenDictionary<string, long> Calls,
    ImmutableArray<string> Revisions,
    ImmutableArray<IncidentSummary> Incidents)
{
    /// <summary>Calls of the functions of each file, where the telemetry tells the file.</summary>
    public FrozenDictionary<RepoPath, long> CallsByFile { get; init; } = FrozenDictionary<RepoPath, long>.Empty;

    /// <summary>True when the server may know more of them than it tells at once.</summary>
    public bool IsCut { get; init; }

    // As many as a server tells at once.
    private const int MostChanges = 10_000;
    private const int MostIncidents = 1_000;

    /// <summary>Asks a server.</summary>
    /// <param name="queries">The server.</param>
    /// <param name="name">The repository's name there; another is taken when the server reads just one.</param>
    /// <param name="cancel">Ends the asking.</param>
    /// <exception cref="FaultException">It can't be asked, or reads no such repository.</exception>
    public static async Task<DebtProduction> AskAsync(IServerQueries queries, string name, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(queries);
        var known = await queries.RepositoriesAsync(cancel);
        var repository = known.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.Ordinal)) ?? (known.Count == 1 ? known[0] : null)
            ?? throw new JourneyException(Fault.Usage, $"the server reads no repository '{name}'; see 'airworthy repos list'");
        var proven = await queries.ChangesAsync(new ChangeFilter(repository.Name, ChangeState.Proven, Limit: MostChanges), cancel);
        var suspect = await queries.ChangesAsync(new ChangeFilter(repository.Name, ChangeState.Suspect, Limit: MostChanges), cancel);
        var units = new List<UnitEvidence>();
        foreach (var service in repository.Services)
        {
            units.AddRange((await queries.EvidenceAsync(new EvidenceQuestion(service, Revision: null, From: null, To: null), cancel)).Units);
        }

        var incidents = await queries.IncidentsAsync(MostIncidents, cancel);
        return new DebtProduction(
            repository.Name,
            [.. repository.Services],
            proven.Concat(suspect).DistinctBy(change => change.Id, StringComparer.Ordinal).ToFrozenDictionary(change => change.Id, change => change.State, StringComparer.Ordinal),
            units.GroupBy(unit => unit.Unit, StringComparer.Ordinal).ToFrozenDictionary(unit => unit.Key, unit => unit.Sum(one => one.Calls), StringComparer.Ordinal),
            [.. units.Where(unit => unit.Revision is not null).GroupBy(unit => unit.Revision!, StringComparer.Ordinal).OrderByDescending(revision => revision.Sum(unit => unit.Calls)).Select(revision => revision.Key)],
            [.. incidents.Where(incident => string.Equals(incident.Repository, repository.Name, StringComparison.Ordinal))])
        {
            IsCut = proven.Count == MostChanges || suspect.Count == MostChanges,
            CallsByFile = units.Where(unit => unit.Path is not null).GroupBy(unit => new RepoPath(unit.Path!)).ToFrozenDictionary(file => file.Key, file => file.Sum(unit => unit.Calls)),
        };
    }
}
