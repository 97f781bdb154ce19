namespace Airworthy.Verification.Mutation;

/// <summary>Reads one format of mutation reports.</summary>
internal interface IMutationReader
{
    /// <summary>The format's name.</summary>
    string Name { get; }

    /// <summary>True when a report that starts so is of this format.</summary>
    bool Recognises(string start);

    /// <summary>Gives each mutant that could be judged with the file it names. Mutants that did not compile or were left out are not mutants.</summary>
    void Read(ReportFile file, Action<string, Mutant> add);
}
