namespace Airworthy.Verification.Coverage;

/// <summary>Reads one format of coverage report.</summary>
internal interface ICoverageReader
{
    /// <summary>The format's name for people, e.g. <c>cobertura</c>.</summary>
    string Name { get; }

    /// <summary>True when a report that starts like this is of the format.</summary>
    bool Recognises(string start);

    /// <summary>Reads <paramref name="file"/> into <paramref name="report"/>.</summary>
    /// <exception cref="EvidenceException">It is not of the format after all.</exception>
    void Read(ReportFile file, CoverageReport report);
}
