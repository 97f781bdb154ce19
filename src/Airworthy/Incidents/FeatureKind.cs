namespace Airworthy.Incidents;

/// <summary>
/// The evidence that ranks suspects, each with a value from 0 to 1 that <see cref="RankingWeights"/> weighs. Who wrote a commit is none of it. Of pairs, the
/// first speaks of the function where the failure started, the second of those further out, a fifth less each.
/// </summary>
internal enum FeatureKind
{
    /// <summary>Owns the line that failed.</summary>
    OwnsLine,

    /// <summary>Owns a line of the way to it.</summary>
    OwnsCallerLine,

    /// <summary>Wrote a line within 15 of the one that failed, and does not own it; less the further away.</summary>
    NearLine,

    /// <summary>The same, of a line of the way to it.</summary>
    NearCallerLine,

    /// <summary>The square root of its share of the function that failed.</summary>
    OwnsFunction,

    /// <summary>The same, of functions on the way to it.</summary>
    OwnsCaller,

    /// <summary>Where it stands among those who changed the function that failed: 1 the last, 0 the first, half when it is alone.</summary>
    LastInFunction,

    /// <summary>The same, of functions on the way to it.</summary>
    LastInCaller,

    /// <summary>Was among the late ones to change the function that failed, whether a line of it is left or not.</summary>
    ChangedFunction,

    /// <summary>The same, of functions on the way to it.</summary>
    ChangedCaller,

    /// <summary>Was among the late ones to change a file of the trace.</summary>
    TouchedFile,

    /// <summary>The share of the trace's functions that it wrote in.</summary>
    Frames,

    /// <summary>Took lines away in a function of the trace.</summary>
    RemovedLines,

    /// <summary>Took a condition away in a file of the trace.</summary>
    RemovedCheck,

    /// <summary>How well its words fit the trace's: exception, message, functions and files, against its message and its diff.</summary>
    TextFit,

    /// <summary>How well the words of its diff and message fit the code around the trace's lines.</summary>
    CodeFit,

    /// <summary>How well its message alone fits the trace's words.</summary>
    MessageFit,

    /// <summary>How near the three fits together come to those of the candidate whom they fit best.</summary>
    BestFit,

    /// <summary>The share of the trace's functions that its diff names.</summary>
    NamesFrames,

    /// <summary>The share of what it changed that lies in files of the trace.</summary>
    Focus,

    /// <summary>The share of what it changed that it added.</summary>
    Adds,

    /// <summary>Landed just before the revision that ran; halves every 60 days. Counts where the release is not known.</summary>
    Recent,

    /// <summary>Where it stands among all candidates: 1 the last that landed, 0 the first.</summary>
    Newest,

    /// <summary>Of those who own a line of the trace, the last that landed: 1, then 1/2, 1/3 …</summary>
    NewestOwner,

    /// <summary>Of those who wrote in the three foremost functions, the last that landed: 1, then 1/2, 1/3 …</summary>
    NewestChanger,

    /// <summary>Landed within a year of the revision that ran.</summary>
    ThisYear,

    /// <summary>How young it is: 1 on the day of the revision that ran, 0 ten years before, by the logarithm of the days.</summary>
    Youth,

    /// <summary>How large it is: lines changed, 1 from 1,000 on, by their logarithm.</summary>
    Size,

    /// <summary>Touched sixty files or more at once, as moves and sweeps do.</summary>
    Sweep,

    /// <summary>Its own message says that it mends something.</summary>
    SaysFix,

    /// <summary>Its own message says that it tidies: renames, moves, comments, tests.</summary>
    SaysTidy,

    /// <summary>Came with the release that failed; -0.5 when the release is known and it came before.</summary>
    InRelease,

    /// <summary>Production turned against it at that version.</summary>
    Turned,

    /// <summary>A trial found that it changes behaviour there.</summary>
    Trial,
}
