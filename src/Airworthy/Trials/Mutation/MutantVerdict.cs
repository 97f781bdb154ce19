namespace Airworthy.Trials.Mutation;

/// <summary>What generated inputs say of a mutant that no test noticed.</summary>
public enum MutantVerdict
{
    /// <summary>Nobody asked: a test had noticed it, or it did not compile.</summary>
    None,

    /// <summary>An input shows it.</summary>
    Shown,

    /// <summary>Many inputs ran it and none shows it: it likely does the same.</summary>
    LikelyEquivalent,

    /// <summary>Too few inputs reached it to say anything.</summary>
    NotReached,
}
