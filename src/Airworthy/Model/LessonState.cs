namespace Airworthy.Model;

/// <summary>Where a lesson stands. Only what a person accepted reaches agents.</summary>
public enum LessonState
{
    /// <summary>Written from facts by a template; nobody has read it yet.</summary>
    Draft,

    /// <summary>A named person took it on.</summary>
    Accepted,

    /// <summary>It holds no longer: a person ended it.</summary>
    Retired,
}
