using Airworthy.TrialWorker.Making;
using Airworthy.TrialWorker.Running;

namespace Airworthy.TrialWorker.Properties;

/// <summary>Something that callers rely on and no signature says.</summary>
internal interface IProperty
{
    /// <summary>In words, as a sentence about the member: <c>gives the same in every culture</c>.</summary>
    string Name { get; }

    /// <summary>Whether a unit's shape promises it.</summary>
    bool Fits(UnderTrial unit);

    /// <summary>Checks it on an input at the head; null when it holds.</summary>
    PropertyBreak? Check(UnderTrial unit, Recipe recipe) => Check(unit.Head, recipe);

    /// <summary>Checks it on an input on one side.</summary>
    PropertyBreak? Check(SideCall call, Recipe recipe);

    /// <summary>True when the base breaks it on this input too.</summary>
    bool BreaksAtBase(UnderTrial unit, Recipe recipe) => unit.Base is not null && Check(unit.Base, recipe) is not null;
}
