using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Policies;

/// <summary>A unit, or a hunk where no unit is known, that a change touched.</summary>
/// <param name="Unit">What is touched; outside of functions, and for a hunk of a file whose functions are not known, its name is the file's.</param>
/// <param name="Authorship">Who wrote the change to it: AI if any of its changed lines is, else unknown if any is, else human.</param>
/// <param name="Lines">Changed lines by who wrote them.</param>
/// <param name="RemovedOnly">True when lines were only taken away.</param>
/// <param name="Executable">True when the file is in a language whose statements run; evidence from running can't be asked of others.</param>
/// <param name="Evidence">What is known of it.</param>
public sealed record ChangedUnit(
    CodeUnit Unit, Authorship Authorship, LineTally Lines, bool RemovedOnly, bool Executable, ImmutableArray<Evidence> Evidence)
{
    /// <summary>True when it is what changed outside of a file's functions; it is shown after them.</summary>
    public bool OutsideFunctions { get; init; }

    /// <summary>Its changed lines, in order; empty where lines were only taken away.</summary>
    public ImmutableArray<ChangedLine> At { get; init; } = [];

    /// <summary>How many of its changed lines were only taken from elsewhere; one that moved as a whole is not executable again.</summary>
    public int Moved { get; init; }

    /// <summary>The lines after which others were taken away.</summary>
    public ImmutableArray<int> RemovedAfter { get; init; } = [];

    /// <summary>The lines of changed statements that were measured and no test executed, in order.</summary>
    public ImmutableArray<int> NotExecuted { get; init; } = [];

    /// <summary>Kinds of evidence that have nothing to speak of here: no changed line holds a statement, none of them branches.</summary>
    public ImmutableArray<EvidenceKind> Moot { get; init; } = [];

    /// <summary>What in the changed lines is risky.</summary>
    public ImmutableArray<RiskSignal> Risks { get; init; } = [];

    /// <summary>The changed lines that evidence is asked of: those no person attests, or all where a person wrote all of them.</summary>
    public IEnumerable<int> Judged => At.Where(line => Authorship.Kind == AuthorKind.Human || line.By != AuthorKind.Human).Select(line => line.Number);
}
