namespace Airworthy.Model;

/// <summary>How much one piece of evidence of authorship says.</summary>
public enum SignalStrength
{
    /// <summary>An agent helped (a review suggestion, a commit of a person's own edits); never makes a line AI-written.</summary>
    Assist,

    /// <summary>Known to be wrong at times; never makes a line AI-written by itself.</summary>
    Weak,

    /// <summary>Makes a commit AI-written; forged or mistaken only on purpose.</summary>
    Strong,

    /// <summary>An exact identity, session link or line note.</summary>
    Proof,
}
