namespace Airworthy.Server.Access;

/// <summary>The answers to who calls.</summary>
public enum AdmissionKind
{
    Admitted,

    /// <summary>No token was shown, or one that nobody knows, or one that expired.</summary>
    Unauthenticated,

    /// <summary>The token is known, and not for this.</summary>
    Forbidden,
}
