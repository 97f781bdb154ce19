using Airworthy.Model;
using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using Xunit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Airworthy.Tests.Architecture;

/// <summary>The rules of the house: who may depend on whom.</summary>
public class HouseRulesTests
{
    private static readonly string[] s_nouns = ["Model", "Statistics"];
    private static readonly string[] s_ground = ["Model", "Statistics", "Git", "Code"];
    private static readonly string[] s_composed = ["Storage", "Journeys"];

    private static readonly ArchUnitNET.Domain.Architecture s_house = new ArchLoader()
        .LoadAssemblies(typeof(CommitId).Assembly, typeof(Airworthy.Cli.ExitCode).Assembly, System.Reflection.Assembly.Load("Airworthy.Server"))
        .Build();

    /// <summary>The folders of <c>src/Airworthy</c>: every one is a namespace.</summary>
    private static readonly string[] s_folders =
    [
        .. typeof(CommitId).Assembly.GetTypes()
            .Select(type => type.Namespace?.Split('.') ?? [])
            .Where(parts => parts is ["Airworthy", _, ..])
            .Select(parts => parts[1])
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> Nouns => [.. s_nouns];

    public static TheoryData<string> Readers => ["Git", "Code"];

    public static TheoryData<string> Capabilities => [.. s_folders.Except(s_ground).Except(s_composed)];

    [Theory]
    [MemberData(nameof(Nouns))]
    public void The_nouns_and_the_statistics_depend_on_nothing_of_ours(string folder) => MayUseOnly(folder, []);

    [Theory]
    [MemberData(nameof(Readers))]
    public void Git_and_code_depend_on_the_nouns_and_the_statistics_only(string folder) => MayUseOnly(folder, s_nouns);

    [Theory]
    [MemberData(nameof(Capabilities))]
    public void A_capability_never_depends_on_another(string folder) => MayUseOnly(folder, s_ground);

    [Fact]
    public void Storage_serves_the_capabilities_and_knows_no_journey() => MayUseOnly("Storage", [.. s_folders.Except(["Journeys"])]);

    [Fact]
    public void The_command_line_reads_no_store_and_no_telemetry() =>
        Never(@"^Airworthy\.Cli(\.|$)", @"^Airworthy\.(Storage|Telemetry)(\.|$)");

    [Fact]
    public void The_server_knows_nothing_of_the_command_line() => Never(@"^Airworthy\.Server(\.|$)", @"^Airworthy\.Cli(\.|$)");

    [Fact]
    public void What_an_app_references_depends_on_nothing_of_ours_and_on_no_package()
    {
        var needs = System.Reflection.Assembly.Load("Airworthy.Probes").GetReferencedAssemblies().Select(name => name.Name!);
        Assert.All(needs, name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
    }

    [Fact]
    public void The_weaver_composes_by_journeys_alone_and_nobody_knows_it()
    {
        var weaver = System.Reflection.Assembly.Load("Airworthy.Probes.Build");
        var withLibrary = new ArchLoader().LoadAssemblies(weaver, typeof(CommitId).Assembly).Build();
        Rule(@"^Airworthy\.Probes\.Build(\.|$)", @"^Airworthy\.(Storage|Telemetry|Probation|Feedback|Incidents|Debt|Policies|Provenance)(\.|$)").Check(withLibrary);
        Assert.All(
            [typeof(CommitId).Assembly, typeof(Airworthy.Cli.ExitCode).Assembly, System.Reflection.Assembly.Load("Airworthy.Server")],
            house => Assert.DoesNotContain(house.GetReferencedAssemblies(), name => name.Name == weaver.GetName().Name));
    }

    [Fact]
    public void The_rules_see_the_house()
    {
        Assert.Contains("Git", s_folders);
        Assert.ThrowsAny<Exception>(() => Never(@"^Airworthy\.Policies(\.|$)", @"^Airworthy\.Model(\.|$)"));
    }

    private static void MayUseOnly(string folder, string[] allowed)
    {
        var denied = s_folders.Except(allowed).Except([folder]).ToArray();
        if (denied.Length > 0)
        {
            Never($@"^Airworthy\.{folder}(\.|$)", $@"^Airworthy\.({string.Join('|', denied)})(\.|$)");
        }
    }

    private static void Never(string from, string to) => Rule(from, to).Check(s_house);

    private static IArchRule Rule(string from, string to) =>
        Types().That().ResideInNamespaceMatching(from)
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(to))
            .WithoutRequiringPositiveResults();
}
