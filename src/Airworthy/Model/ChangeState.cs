namespace Airworthy.Model;

/// <summary>Where a change stands.</summary>
public enum ChangeState
{
    Proposed,
    Experimental,
    Proven,
    Suspect,
    Withdrawn,
}
