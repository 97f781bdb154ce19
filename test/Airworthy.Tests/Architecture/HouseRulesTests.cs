using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using Xunit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Airworthy.Tests.Architecture;

/// <summary>The rules of the house: who may depend on whom. See docs/design.</summary>
public class HouseRulesTests
{
    private static readonly string[] s_pure = ["Model", "Statistics"];
    private static readonly string[] s_ground = ["Model", "Statistics", "Git", "Code"];

    private static readonly ArchUnitNET.Domain.Architecture s_house = new ArchLoader()
        .LoadAssemblies(typeof(Model.CommitId).Assembly, typeof(CommandLineMark).Assembly, typeof(Airworthy.Server.ServerOptions).Assembly)
        .Build();

    /// <summary>Every folder of the library that is a capability: not the ground they stand on, not the store, not what composes them.</summary>
    public static TheoryData<string> Capabilities =>
        [.. Folders().Where(folder => !s_ground.Contains(folder) && folder is not ("Storage" or "Journeys"))];

    [Theory]
    [InlineData("Model")]
    [InlineData("Statistics")]
    public void Nouns_and_statistics_depend_on_nothing_of_ours(string folder) => MayUse(folder, [folder]);

    [Theory]
    [InlineData("Git")]
    [InlineData("Code")]
    public void Git_and_code_depend_on_nouns_and_statistics_only(string folder) => MayUse(folder, [folder, .. s_pure]);

    [Theory]
    [MemberData(nameof(Capabilities))]
    public void A_capability_never_depends_on_another(string folder) => MayUse(folder, [folder, .. s_ground]);
}
