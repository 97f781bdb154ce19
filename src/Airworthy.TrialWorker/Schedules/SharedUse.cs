namespace Airworthy.TrialWorker.Schedules;

/// <summary>Two threads that are about to use an object that is not made for two at once, one of them to change it.</summary>
/// <param name="Type">The object's type.</param>
/// <param name="First">Where one is about to.</param>
/// <param name="Second">Where the other is.</param>
internal sealed record SharedUse(Type Type, int First, int Second);
