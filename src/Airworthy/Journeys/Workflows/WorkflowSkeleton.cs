using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Airworthy.Code;
using Airworthy.Model;

namespace Airworthy.Journeys.Workflows;

/// <summary>
/// Writes the beginning of an xUnit test that takes a workflow's way. All that came from production is escaped: as a literal where it is code,
/// as printable ASCII on one line where it is a comment.
/// </summary>
public static partial class WorkflowSkeleton
{
    /// <summary>The test; null when the workflow did not come in over HTTP.</summary>
    public static string? Of(WorkflowSummary workflow)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        var entries = workflow.Steps.Where(step => step.Kind == WorkflowStepKind.Entry);
        if (entries.Select(step => (Step: step, Request: Request().Match(step.Name))).FirstOrDefault(entry => entry.Request.Success) is not { Step: { } entry } found)
        {
            return null;
        }

        var route = found.Request.Groups["route"].Value;
        var text = new StringBuilder();
        text.AppendLine("using System.Net.Http;");
        text.AppendLine("using System.Threading.Tasks;");
        text.AppendLine("using Microsoft.AspNetCore.Mvc.Testing;");
        text.AppendLine("using Xunit;");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"/// <summary>A workflow of production that no test has: shape {CSharpText.Comment(workflow.Shape)}.</summary>");
        text.AppendLine(CultureInfo.InvariantCulture, $"public class Workflow_{CSharpText.Word(workflow.Shape)}(WebApplicationFactory<Program> factory) : IClassFixture<WebApplicationFactory<Program>>");
        text.AppendLine("{");
        AppendWay(text, workflow);
        text.AppendLine("    [Fact]");
        text.AppendLine("    public async Task Is_answered_as_in_production()");
        text.AppendLine("    {");
        text.AppendLine("        using var client = factory.CreateClient();");
        var values = Values(route);
        foreach (var (name, placeholder) in values)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"        var {name} = \"1\"; // {CSharpText.Comment(placeholder)}: a value that leads this way");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"        using var request = new HttpRequestMessage(new HttpMethod({CSharpText.Literal(found.Request.Groups["method"].Value)}), {Address(route, values)});");
        if (workflow.Steps.FirstOrDefault(step => step.Kind == WorkflowStepKind.Culture) is { } culture)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"        request.Headers.TryAddWithoutValidation(\"Accept-Language\", {CSharpText.Literal(culture.Name)});");
        }

        text.AppendLine();
        text.AppendLine("        using var answer = await client.SendAsync(request);");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"        Assert.Equal({StatusClass(entry)}, (int)answer.StatusCode / 100);");
        text.AppendLine("    }");
        text.AppendLine("}");
        return text.ToString();
    }

    private static void AppendWay(StringBuilder text, WorkflowSummary workflow)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"    // {workflow.Traces} traces, one is {CSharpText.Comment(workflow.ExampleTrace)}. Its way:");
        foreach (var step in workflow.Steps)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"    //   {step.Kind.ToString().ToLowerInvariant()} {CSharpText.Comment(step.Display)}");
        }
    }

    /// <summary>The placeholders of a route, each with a name that C# takes.</summary>
    private static List<(string Name, string Placeholder)> Values(string route)
    {
        var values = new List<(string Name, string Placeholder)>();
        foreach (Match placeholder in Placeholder().Matches(route))
        {
            values.Add((string.Create(CultureInfo.InvariantCulture, $"{CSharpText.Word(placeholder.Groups["name"].Value)}{values.Count + 1}"), placeholder.Value));
        }

        return values;
    }

    private static string Address(string route, List<(string Name, string Placeholder)> values)
    {
        var parts = new List<string>();
        var rest = 0;
        var path = route.StartsWith('/') ? route : "/" + route;
        foreach (Match placeholder in Placeholder().Matches(path))
        {
            parts.Add(CSharpText.Literal(path[rest..placeholder.Index]));
            parts.Add(values[parts.Count / 2].Name);
            rest = placeholder.Index + placeholder.Length;
        }

        parts.Add(CSharpText.Literal(path[rest..]));
        return string.Join(" + ", parts);
    }

    private static int StatusClass(WorkflowStep entry) =>
        StatusMark().Match(entry.Attributes) is { Success: true } status ? status.Groups["class"].Value[0] - '0' : 2;

    [GeneratedRegex(@"^(?<method>GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH|QUERY) (?<route>.+)$", RegexOptions.NonBacktracking | RegexOptions.Singleline)]
    private static partial Regex Request();

    [GeneratedRegex(@"\{(?<name>[^{}:=?]*)[^{}]*\}", RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();

    [GeneratedRegex("(^| )status=(?<class>[1-5])xx( |$)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex StatusMark();
}
