namespace Airworthy.Model;

/// <summary>How often what a lesson warns of came up before it was accepted, and after. It counts; it does not prove that the lesson was the cause.</summary>
/// <param name="Before">Until it was accepted, or until now for a draft.</param>
/// <param name="After">Since it was accepted; null for a draft.</param>
/// <param name="LastSeen">When it came up last; null when its incident is not kept any more.</param>
public sealed record LessonCourse(LessonTally Before, LessonTally? After, DateTimeOffset? LastSeen)
{
    /// <summary>Incidents after acceptance from which on a lesson can be called ineffective.</summary>
    public const int EnoughToTell = 3;

    /// <summary>True when it came back at least <see cref="EnoughToTell"/> times, per landed change no less often than before.</summary>
    public bool IsIneffective =>
        After is { Changes: > 0 } after
        && after.Incidents >= EnoughToTell
        // after / its changes >= before / its changes, without dividing.
        && (long)after.Incidents * Math.Max(1, Before.Changes) >= (long)Before.Incidents * after.Changes;
}
