namespace Airworthy.Provenance.Hooks;

/// <summary>One hook of a repository.</summary>
/// <param name="Name">Its name, e.g. <c>post-rewrite</c>.</param>
/// <param name="State">What stands in its place.</param>
/// <param name="Chains">True when a hook that was there before is run first.</param>
public sealed record InstalledHook(string Name, HookState State, bool Chains);
