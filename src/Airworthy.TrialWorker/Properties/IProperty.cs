using Airworthy.TrialWorker.Making;
using Airworthy.TrialWorker.Running;

namespace Airworthy.TrialWorker.Properties;

/// <summary>Something that callers rely on and no signature says.</summary>
internal interface IProperty
{
    /// <summary>In words, as a sentence about the member: <c>gives the same in every culture</c>.</summary>
    string Name { get; }

    /// <summary>Of how many inputs one is asked about: more than 1 where asking takes long.</summary>
    int OneIn => 1;

    /// <summary>Whether a unit's shape promises it.</summary>
    bool Fits(UnderTrial unit);

    /// <summary>The input with what else is needed to ask; by default nothing is.</summary>
    Recipe Extended(Recipe recipe, Chance chance) => recipe;

    /// <summary>Checks it on an input on one side; null when it holds.</summary>
    PropertyBreak? Check(SideCall call, Recipe recipe);
}
