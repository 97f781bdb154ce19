namespace Airworthy.Incidents;

/// <summary>The evidence that ranks suspects. Who wrote a commit is none of it.</summary>
internal enum FeatureKind
{
    OwnsLine,
    NearLine,
    OwnsFunction,
    InFile,
    RemovedLines,
    InRelease,
    Recent,
    Newest,
    Sweep,
}
