using Airworthy.Model;

namespace Airworthy.Probation;

/// <summary>Keeps changes, their states and every transition.</summary>
public interface IChangeLedger
{
    /// <summary>Adds changes that are not yet there; those that are keep their state, and get the new commits and who is known by now to have written them.</summary>
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

    /// <summary>Remembers that a change is switched off, until a person decides on it. False when it is already.</summary>
    Task<bool> SwitchOffAsync(string repository, ChangeId change, DateTimeOffset at, string reason, CancellationToken cancel);

    /// <summary>The changes that are switched off.</summary>
    Task<IReadOnlyList<SwitchedOff>> SwitchedOffAsync(CancellationToken cancel);

    /// <summary>Says what share of traffic a flag gives its change; since when it has been that.</summary>
    Task<DateTimeOffset> RampAsync(string repository, string flag, double ramp, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Keeps how long calls took before a change shipped; what was kept once stays.</summary>
    Task FreezeTimesAsync(string repository, ChangeId change, FrozenTimes times, DateTimeOffset now, CancellationToken cancel);

    /// <summary>The times that were frozen in a repository, by change.</summary>
    Task<IReadOnlyDictionary<ChangeId, FrozenTimes>> FrozenTimesAsync(string repository, CancellationToken cancel);

    Task<TrackedChange?> GetAsync(string repository, ChangeId id, CancellationToken cancel);

    /// <summary>Changes, suspects first, then by landing time, newest first.</summary>
    Task<IReadOnlyList<TrackedChange>> ListAsync(string? repository, ChangeState? state, int limit, CancellationToken cancel);

    /// <summary>A change's transitions, oldest first.</summary>
    Task<IReadOnlyList<Transition>> TransitionsAsync(string repository, ChangeId id, CancellationToken cancel);
}
