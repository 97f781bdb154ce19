namespace Airworthy.Verification.Outcomes;

/// <summary>Reads one format of test reports.</summary>
internal interface ITestReader
{
    /// <summary>The format's name.</summary>
    string Name { get; }

    /// <summary>True when a report that starts so is of this format.</summary>
    bool Recognises(string start);

    /// <summary>Gives each result of the report.</summary>
    void Read(ReportFile file, Action<TestResult> add);
}
