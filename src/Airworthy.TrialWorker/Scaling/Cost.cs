namespace Airworthy.TrialWorker.Scaling;

/// <summary>What one call took.</summary>
/// <param name="Size">The size of its input.</param>
/// <param name="Steps">Edges it passed, and items that the framework went through for it.</param>
/// <param name="Bytes">Bytes it allocated.</param>
internal readonly record struct Cost(int Size, long Steps, long Bytes);
