namespace Airworthy.Git;

/// <summary>A name and an address as a commit writes them; either may be empty, neither is to be trusted.</summary>
public sealed record Identity(string Name, string Email);
