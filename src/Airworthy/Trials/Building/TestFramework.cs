namespace Airworthy.Trials.Building;

/// <summary>What a project's tests are written with.</summary>
public enum TestFramework
{
    /// <summary>xUnit, of any version.</summary>
    Xunit,

    /// <summary>NUnit.</summary>
    Nunit,

    /// <summary>MSTest.</summary>
    Mstest,
}
