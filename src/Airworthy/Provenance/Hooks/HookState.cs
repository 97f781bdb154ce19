namespace Airworthy.Provenance.Hooks;

/// <summary>What stands in the place of a hook.</summary>
public enum HookState
{
    /// <summary>Nothing, or a hook that is not Airworthy's.</summary>
    Absent,

    /// <summary>Airworthy's hook.</summary>
    Installed,

    /// <summary>Airworthy's hook of another version: install again.</summary>
    Outdated,

    /// <summary>Another hook, put over Airworthy's after it was installed.</summary>
    Replaced,
}
