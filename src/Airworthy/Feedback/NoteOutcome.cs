namespace Airworthy.Feedback;

/// <summary>What became of a note in a place.</summary>
public enum NoteOutcome
{
    /// <summary>It was not there yet.</summary>
    Created,

    /// <summary>It was there and says something else now.</summary>
    Updated,

    /// <summary>It was there and says so already.</summary>
    Same,

    /// <summary>The token may not place it.</summary>
    Refused,
}
