namespace Airworthy.TrialWorker.Making;

/// <summary>Which of the two revisions.</summary>
internal enum Side
{
    /// <summary>The revision the change is to land on.</summary>
    Base,

    /// <summary>The change.</summary>
    Head,
}
