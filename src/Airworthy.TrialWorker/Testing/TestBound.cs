namespace Airworthy.TrialWorker.Testing;

/// <summary>What a test may take.</summary>
/// <param name="Steps">Edges it may pass.</param>
/// <param name="Patience">How long it may take.</param>
internal readonly record struct TestBound(long Steps, TimeSpan Patience);
