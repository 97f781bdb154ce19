using Airworthy.Model;

namespace Airworthy.Probation;

/// <summary>Keeps changes, their states and every transition.</summary>
public interface IChangeLedger
{
    /// <summary>Adds changes that are not yet there; those that are keep their state and get the new commits.</summary>
    Task TrackAsync(IReadOnlyCollection<TrackedChange> changes, CancellationToken cancel);

    /// <summary>Stores a transition and the state it leads to, as one. False when the change is not in <see cref="Transition.From"/> any more.</summary>
    Task<bool> MoveAsync(string repository, Transition transition, CancellationToken cancel);

    /// <summary>
    /// Stores a person's decision with the step it makes, as one; or, without a decision, forgets the one that held. False when the change is not in
    /// <see cref="Transition.From"/> any more.
    /// </summary>
    Task<bool> DecideAsync(string repository, Transition transition, Decision? decision, CancellationToken cancel);

    /// <summary>The decisions that hold, by repository.</summary>
    Task<IReadOnlyList<(string Repository, Decision Decision)>> DecisionsAsync(CancellationToken cancel);

    Task<TrackedChange?> GetAsync(string repository, ChangeId id, CancellationToken cancel);

    /// <summary>Changes, suspects first, then by landing time, newest first.</summary>
    Task<IReadOnlyList<TrackedChange>> ListAsync(string? repository, ChangeState? state, int limit, CancellationToken cancel);

    /// <summary>A change's transitions, oldest first.</summary>
    Task<IReadOnlyList<Transition>> TransitionsAsync(string repository, ChangeId id, CancellationToken cancel);
}
