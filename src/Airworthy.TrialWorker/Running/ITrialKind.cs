using Airworthy.Trials.Running;

namespace Airworthy.TrialWorker.Running;

/// <summary>One way to find out something about a unit by running it.</summary>
internal interface ITrialKind
{
    /// <summary>The name, as it is asked for and reported.</summary>
    string Name { get; }

    /// <summary>Its share of a unit's time, beside the shares of other kinds; above 0.</summary>
    double Share => 1;

    /// <summary>Whether a generic unit is asked again with other types. The default value is <see langword="false"/>.</summary>
    bool IsOfEachType => false;

    /// <summary>Whether it has anything to ask of a unit.</summary>
    bool Takes(UnderTrial unit);

    /// <summary>Tries the unit until its time is over.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="trial">What it runs by.</param>
    UnitResult Run(UnderTrial unit, UnitTrial trial);
}
