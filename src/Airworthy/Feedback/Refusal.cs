namespace Airworthy.Feedback;

/// <summary>Whose guard threw: a check of the repository's own that refused a value, as it should.</summary>
public enum Refusal
{
    /// <summary>No guard of the repository's own threw.</summary>
    None,

    /// <summary>The failing function's own guard refused what its caller passed.</summary>
    Own,

    /// <summary>A guard in what the failing function passed a value to.</summary>
    Callee,
}
