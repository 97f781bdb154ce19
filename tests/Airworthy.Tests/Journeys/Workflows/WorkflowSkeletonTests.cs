using Airworthy.Journeys.Workflows;
using Airworthy.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Airworthy.Tests.Journeys.Workflows;

public class WorkflowSkeletonTests
{
    [Fact]
    public void The_test_asks_as_production_did()
    {
        var text = WorkflowSkeleton.Of(Workflow("PUT /orders/{id:int}/notes", "status=4xx"));

        Assert.Contains("new HttpMethod(\"PUT\"), \"/orders/\" + id1 + \"/notes\")", text, StringComparison.Ordinal);
        Assert.Contains("\"Accept-Language\", \"tr-TR\"", text, StringComparison.Ordinal);
        Assert.Contains("Assert.Equal(4, (int)answer.StatusCode / 100);", text, StringComparison.Ordinal);
        Assert.Empty(CSharpSyntaxTree.ParseText(text!, cancellationToken: TestContext.Current.CancellationToken).GetDiagnostics(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("GET /a\"); System.IO.File.Delete(\"x\n{\"}\\")]
    [InlineData("GET /{class}/{0}/{}\u2028// */ {{{")]
    public void Hostile_text_stays_text(string entry)
    {
        var tree = CSharpSyntaxTree.ParseText(WorkflowSkeleton.Of(Workflow(entry, ""))!, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Empty(tree.GetDiagnostics(TestContext.Current.CancellationToken));
        Assert.DoesNotContain(
            tree.GetRoot(TestContext.Current.CancellationToken).DescendantTokens(),
            token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText is "Delete" or "File");
    }

    [Fact]
    public void What_came_in_otherwise_has_none() => Assert.Null(WorkflowSkeleton.Of(Workflow("kafka orders", "")));

    private static WorkflowSummary Workflow(string entry, string attributes) => new(
        "0123456789abcdef01234567",
        "shop",
        3,
        DateTimeOffset.UnixEpoch,
        DateTimeOffset.UnixEpoch,
        "t1",
        IsTested: false,
        Criticality: null,
        [],
        0,
        0,
        null,
        null,
        [new WorkflowStep(WorkflowStepKind.Entry, entry, attributes, null), new WorkflowStep(WorkflowStepKind.Culture, "tr-TR", "", null)]);
}
