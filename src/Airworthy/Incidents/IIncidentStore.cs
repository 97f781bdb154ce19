using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>Keeps incidents and their episodes.</summary>
public interface IIncidentStore
{
    /// <summary>The sequence of the last sighting that was taken into incidents; 0 at first.</summary>
    Task<long> PositionAsync(CancellationToken cancel);

    /// <summary>The incident with this fingerprint; null when there is none.</summary>
    Task<Incident?> FindAsync(string service, string environment, string fingerprint, CancellationToken cancel);

    /// <summary>
    /// In one transaction: adds the episode (a key seen before counts once: <see cref="Incident.Episodes"/> is the store's count, not the
    /// caller's), saves the incident's other fields, and moves the position to <paramref name="sequence"/>.
    /// </summary>
    Task RecordEpisodeAsync(long sequence, Incident incident, string episodeKey, CancellationToken cancel);

    /// <summary>Stores that the incident is resolved, unless it was seen once more meanwhile.</summary>
    Task ResolveAsync(Incident incident, CancellationToken cancel);

    /// <summary>Moves the position past sightings that make no incident.</summary>
    Task SkipAsync(long sequence, CancellationToken cancel);

    /// <summary>
    /// Stores the answer, its repository, and keeps earlier answers. One whose question was put anew since <paramref name="incident"/> was
    /// read stays unanswered.
    /// </summary>
    Task AttributeAsync(Incident incident, string? repository, Attribution attribution, CancellationToken cancel);

    /// <summary>Every answer that an incident got, the latest first.</summary>
    Task<IReadOnlyList<StoredAnswer>> AnswersAsync(IncidentId id, CancellationToken cancel);

    Task<Incident?> GetAsync(IncidentId id, CancellationToken cancel);

    /// <summary>All incidents, the one seen last first.</summary>
    Task<IReadOnlyList<Incident>> ListAsync(int limit, CancellationToken cancel);

    /// <summary>Incidents that no attribution was stored for, or whose answer was <em>revision not known</em>: to be tried again.</summary>
    Task<IReadOnlyList<Incident>> UnansweredAsync(int limit, CancellationToken cancel);

    /// <summary>Keeps an experiment's proof in place of an earlier one, and has the incident answered anew.</summary>
    Task ProveAsync(IncidentId id, IncidentProof proof, CancellationToken cancel);

    /// <summary>The experiment's proof; null when there is none.</summary>
    Task<IncidentProof?> ProofAsync(IncidentId id, CancellationToken cancel);
}
