using System.Text;
using Airworthy.Model;
using Airworthy.Policies;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Policies;

public class PolicyProposalTests
{
    [Fact]
    public void Folders_and_files_with_telling_names_are_proposed_with_their_owner()
    {
        var proposal = PolicyProposal.From(
            ["shop"],
            [.. Files("src/Shop/Payments/Split.cs", "src/Shop/Payments/Deep/More.cs", "src/Shop/RefundsApi.cs", "db/migrations/1.sql", "src/Shop/Author.cs")],
            CodeOwners.Read("* @all\n/src/Shop/Payments/ @pay @other\n"));

        Assert.Equal(["payments", "migrations"], proposal.Critical.Select(area => area.Area.Name));
        Assert.Equal(["/src/Shop/Payments/", "/src/Shop/RefundsApi.cs"], proposal.Critical[0].Area.Paths.Select(glob => glob.Text));
        Assert.Equal("@pay", proposal.Critical[0].Area.Owner);
        Assert.Equal(Criticality.Medium, proposal.Critical[1].Area.Criticality);
    }

    [Fact]
    public void Tests_and_texts_are_never_proposed() =>
        Assert.Empty(PolicyProposal.From([], [.. Files("test/Payments/RefundTests.cs"), (new RepoPath("docs/payments.md"), null)], CodeOwners.None).Critical);

    [Fact]
    public void What_others_own_what_was_mended_often_and_what_production_calls_is_proposed_once_with_the_reason()
    {
        var files = Files("src/Core/Engine.cs", "src/Core/Steady.cs", "src/Pricing/Tax.cs", "src/Payments/Pay.cs", "tests/EngineTests.cs").ToArray();
        var proposal = PolicyProposal.From(
            [],
            files,
            CodeOwners.Read("* @all\nsrc/Pricing/ @pricing\nsrc/Payments/ @pay\n/gone/ @gone\n*.g.cs @gen\n"),
            new Dictionary<RepoPath, int> { [new("src/Core/Engine.cs")] = 12, [new("src/Core/Steady.cs")] = 4, [new("src/Payments/Pay.cs")] = 30, [new("tests/EngineTests.cs")] = 40 },
            new Dictionary<RepoPath, long> { [new("src/Core/Engine.cs")] = 7, [new("src/Core/Steady.cs")] = 5_000 });

        Assert.Equal(
            [
                ("payments", "/src/Payments/", "by its name"),
                ("owned-by-pricing", "src/Pricing/", "CODEOWNERS names who answers for it"),
                ("mended-often", "/src/Core/Engine.cs", "the commits that mend something changed these most often: 12 times"),
                ("called-most", "/src/Core/Steady.cs", "production calls these most: 5000 times"),
            ],
            proposal.Critical.Select(area => (area.Area.Name, string.Join(' ', area.Area.Paths), area.Why)));
        Assert.Equal(proposal.Critical.Select(area => area.Area.Name), Read(proposal).Critical.Select(area => area.Name));
    }

    [Fact]
    public void An_empty_repository_gets_a_policy_that_holds_as_the_default_does()
    {
        var policy = Read(PolicyProposal.From([], [], CodeOwners.None));

        Assert.Equal(Policy.DefaultEvidence.Single().Except, policy.Evidence.Single().Except);
        Assert.Equal(Policy.DefaultEvidence.Single().Authorship, policy.Evidence.Single().Authorship);
        Assert.Equal(Policy.Default.Probation, policy.Probation);
        Assert.Equal(Policy.Default.Unattributed, policy.Unattributed);
    }

    [Fact]
    public void Whatever_the_names_the_proposal_reads_back_as_it_was_meant() =>
        Gen.Select(Gen.String[0, 30].Array[0, 5], Gen.Select(Gen.String[0, 12], Gen.String[0, 12]).Array[0, 6], Gen.String[0, 20]).Sample((services, names, owner) =>
        {
            var paths = names.Select(name => $"{name.Item1}/payments/{name.Item2}").Where(path => path.Split('/').All(part => part is not ("" or "." or "..")));
            var proposal = PolicyProposal.From(services, [.. Files([.. paths])], CodeOwners.Read($"payments {owner}"));

            var policy = Read(proposal);

            Assert.Equal(proposal.Services, policy.Services);
            Assert.Equal(proposal.Critical.SelectMany(area => area.Area.Paths), policy.Critical.SelectMany(area => area.Paths));
            Assert.Equal(proposal.Critical.Select(area => area.Area.Owner), policy.Critical.Select(area => area.Owner));
        });

    private static Policy Read(PolicyProposal proposal) => PolicyReader.Read(Encoding.UTF8.GetBytes(proposal.ToYaml()));

    private static IEnumerable<(RepoPath Path, string? Language)> Files(params string[] paths) => paths.Select(path => (new RepoPath(path), (string?)"csharp"));
}
