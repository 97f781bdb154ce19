namespace Airworthy.Server.Access;

/// <summary>Whether who calls may do what is asked.</summary>
/// <param name="Kind">Which of the answers it is.</param>
/// <param name="Reason">A sentence for who shows a token that was once good, or is good for something else; empty otherwise.</param>
public readonly record struct Admission(AdmissionKind Kind, string Reason);
