namespace Airworthy.Trials;

/// <summary>A folder of the machine that a process in a <see cref="Sandbox"/> finds, also where it lies in one that is empty to it.</summary>
/// <param name="Path">Where it is, absolute; a file may be read too.</param>
/// <param name="CanWrite">Whether it may be written.</param>
public sealed record SandboxPlace(string Path, bool CanWrite)
{
    /// <summary>Where the process finds it. The default value is <see cref="Path"/>; where code can't be kept apart it is always that.</summary>
    public string At { get; init; } = Path;
}
