using System.Collections.Immutable;

namespace Airworthy.Trials;

/// <summary>What a process in a <see cref="Sandbox"/> may touch besides the machine's files, which it can read and not write.</summary>
/// <param name="Folder">Where it begins, by the path by which it finds that.</param>
/// <param name="Places">What it finds in the folders that are otherwise empty to it. Its home lies in the first, which can be written.</param>
public sealed record SandboxRules(string Folder, ImmutableArray<SandboxPlace> Places)
{
    /// <summary>Whether it has the network; only a restore of packages ever does. The default value is <see langword="false"/>.</summary>
    public bool Network { get; init; }
}
