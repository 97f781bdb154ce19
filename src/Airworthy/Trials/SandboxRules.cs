using System.Collections.Immutable;

namespace Airworthy.Trials;

/// <summary>What a process in a <see cref="Sandbox"/> may touch. All paths are absolute; what is not named can be read and not written.</summary>
/// <param name="Folder">Where it runs; one that stays visible.</param>
/// <param name="Writable">Folders it may write to.</param>
public sealed record SandboxRules(string Folder, ImmutableArray<string> Writable)
{
    /// <summary>Folders that are empty to it. The default value is none; <see cref="Sandbox"/> adds the temporary folders, <c>/run</c> and the home.</summary>
    public ImmutableArray<string> Hidden { get; init; } = [];

    /// <summary>Folders and files inside of hidden ones that it may read.</summary>
    public ImmutableArray<string> Visible { get; init; } = [];

    /// <summary>Those of <see cref="Visible"/> that are files.</summary>
    public ImmutableArray<string> VisibleFiles { get; init; } = [];

    /// <summary>Whether it has the network; only a restore of packages ever does. The default value is <see langword="false"/>.</summary>
    public bool Network { get; init; }

    /// <summary>Whether it sees its own processes only. Set by <see cref="Sandbox"/>.</summary>
    public bool OwnProcesses { get; init; }
}
