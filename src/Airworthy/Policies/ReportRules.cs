using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Policies;

/// <summary>The rules that hold, whatever a policy says, once reports of tests and analyzers are given; an exception can let one rest.</summary>
public static class ReportRules
{
    public const string FailedTest = "tests/failed";
    public const string FlakyTest = "tests/flaky";
    public const string Error = "static/error";
    public const string Remark = "static/remark";

    /// <summary>All, in the order they are asked.</summary>
    public static ImmutableArray<string> Ids { get; } = [FailedTest, FlakyTest, Error];

    /// <summary>What it asks, as a sentence.</summary>
    public static string AsksOf(string rule) => rule switch
    {
        FailedTest => "no test may fail",
        FlakyTest => "no test may both fail and pass: it proves neither",
        _ => "no changed line may have a new finding that its analyzer calls an error",
    };

    /// <summary>What breaking it does to the verdict.</summary>
    public static VerdictKind LevelOf(string rule) => rule switch
    {
        FlakyTest => VerdictKind.Insufficient,
        Remark => VerdictKind.Pass,
        _ => VerdictKind.Fail,
    };
}
