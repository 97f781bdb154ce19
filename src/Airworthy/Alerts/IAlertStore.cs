using Airworthy.Model;

namespace Airworthy.Alerts;

/// <summary>Keeps what happened and who was told of it.</summary>
public interface IAlertStore
{
    /// <summary>
    /// Gives each target what happened since it was given last, and reminds of suspects that nobody acknowledged for a day. A target that is new is told of
    /// what happens from now on.
    /// </summary>
    /// <param name="targets">By name, the types it wants; all where none is named.</param>
    /// <param name="cancel">Ends the work.</param>
    Task DealAsync(IReadOnlyDictionary<string, IReadOnlyCollection<string>> targets, CancellationToken cancel);

    /// <summary>A target's deliveries that are due, the oldest first.</summary>
    Task<IReadOnlyList<Delivery>> DueAsync(string target, int limit, CancellationToken cancel);

    /// <summary>It arrived.</summary>
    Task DoneAsync(Delivery delivery, CancellationToken cancel);

    /// <summary>It did not arrive: it is tried again, or given up.</summary>
    Task FailedAsync(Delivery delivery, string error, bool isFinal, CancellationToken cancel);

    /// <summary>Tries a target's deliveries again that were given up; how many.</summary>
    Task<int> RetryAsync(string target, CancellationToken cancel);

    Task<IReadOnlyList<DeliverySummary>> SummariesAsync(CancellationToken cancel);

    Task AcknowledgeAsync(Acknowledgement acknowledgement, CancellationToken cancel);

    Task<Acknowledgement?> AcknowledgementAsync(string repository, ChangeId change, CancellationToken cancel);

    Task SilenceAsync(Silence silence, CancellationToken cancel);

    /// <summary>The silences that hold.</summary>
    Task<IReadOnlyList<Silence>> SilencesAsync(CancellationToken cancel);

    /// <summary>Says that a service burns its budget, or (null) that it does not any more; true when that is news.</summary>
    Task<bool> BurnAsync(string service, string? reason, CancellationToken cancel);

    /// <summary>The services that burn their budgets, with since when and why.</summary>
    Task<IReadOnlyList<(string Service, DateTimeOffset Since, string Reason)>> BurningAsync(CancellationToken cancel);
}
