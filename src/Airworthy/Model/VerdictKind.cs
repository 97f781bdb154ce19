namespace Airworthy.Model;

public enum VerdictKind
{
    Pass,
    Fail,

    /// <summary>Not known: evidence that the policy asks for is missing.</summary>
    Insufficient,
}
