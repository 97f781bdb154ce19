namespace Airworthy.Model;

/// <summary>What a suspect did: its own lines failed, or they let an older fault show.</summary>
public enum SuspectRole
{
    Caused,
    Exposed,
}
