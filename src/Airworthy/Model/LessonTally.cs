namespace Airworthy.Model;

/// <summary>How often a class of failure came up in a lesson's scope, and among how much.</summary>
/// <param name="Incidents">Incidents of the class in the scope.</param>
/// <param name="Changes">Changes that landed in the repository meanwhile; 0: the rate is not known.</param>
/// <param name="Days">Days observed; 0 when none.</param>
public readonly record struct LessonTally(int Incidents, int Changes, int Days);
