namespace Airworthy.Feedback.GitHub;

/// <summary>What became of a note in a place.</summary>
public enum NoteOutcome
{
    /// <summary>It was not there yet.</summary>
    Created,

    /// <summary>It was there and says something else now.</summary>
    Updated,

    /// <summary>It was there and says so already.</summary>
    Same,

    /// <summary>GitHub does not let this token place it.</summary>
    Refused,
}
