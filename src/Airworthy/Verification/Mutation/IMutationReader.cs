namespace Airworthy.Verification.Mutation;

/// <summary>Reads one format of mutation reports.</summary>
internal interface IMutationReader
{
    /// <summary>The format's name.</summary>
    string Name { get; }

    /// <summary>True when a report that starts so is of this format.</summary>
    bool Recognises(string start);

    /// <summary>Gives each mutant that could be judged to its file. Mutants that did not compile or were left out are not mutants.</summary>
    /// <param name="file">The report.</param>
    /// <param name="of">Takes the mutants of a file, by the name the report has for it; null when nothing is asked of it.</param>
    void Read(ReportFile file, Func<string, Action<Mutant>?> of);
}
