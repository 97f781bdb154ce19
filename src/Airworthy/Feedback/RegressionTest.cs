using System.Globalization;
using System.Text;
using Airworthy.Code;
using Airworthy.Model;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Airworthy.Feedback;

/// <summary>
/// The xUnit test that an incident asks for: of a function that can be called plainly, with the values that its class of failure lives on; of any other a
/// skeleton that says what is missing. Both compile. What came from production stands in escaped literals and one-line comments.
/// </summary>
/// <param name="Text">The test's file, C#.</param>
/// <param name="Missing">What a person must still bring; empty when the test can run as it is.</param>
public sealed record RegressionTest(string Text, IReadOnlyList<string> Missing)
{
    private const int LongestComment = 300;

    /// <summary>Writes the test of a failing function.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="exceptionType">The exception that came out, as sent.</param>
    /// <param name="failureClass">The class of failure; null when none is known.</param>
    /// <param name="unit">The function's name, for people.</param>
    /// <param name="path">Its file.</param>
    /// <param name="line">The failing line; null when not known.</param>
    /// <param name="source">The file's text at the revision that ran; null when it can't be read.</param>
    public static RegressionTest Write(
        IncidentId incident, string? exceptionType, string? failureClass, string unit, RepoPath path, int? line, string? source)
    {
        var method = source is null ? null : MethodOf(unit, path, line, source);
        var call = method is null ? null : PlainCall.Of(method);
        IReadOnlyList<string> missing = (method, call) switch
        {
            (_, not null) => [],
            (null, _) => ["the function: it is no method of C# that was found at the revision that ran", "what to call it with: the incident's input was not recorded; see docs/recordings.md"],
            _ => [$"a way to call it: {PlainCall.WhyNot(method!)}", "what to call it with: the incident's input was not recorded; see docs/recordings.md"],
        };
        var text = new StringBuilder();
        text.AppendLine("using System;").AppendLine("using System.Globalization;").AppendLine("using System.Threading.Tasks;").AppendLine("using Xunit;").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"/// <summary>Incident {Word(incident.Value)}: what came out of {Xml(unit)} must not come out again.</summary>");
        text.AppendLine(CultureInfo.InvariantCulture, $"public class Incident_{Word(incident.Value)}");
        text.AppendLine("{");
        if (call is null)
        {
            AppendSkeleton(text, missing);
        }
        else
        {
            AppendTheory(text, call, exceptionType, failureClass);
        }

        return new RegressionTest(text.AppendLine("}").ToString(), missing);
    }

    private static void AppendTheory(StringBuilder text, PlainCall call, string? exceptionType, string? failureClass)
    {
        var types = string.Join(", ", call.Parameters.Select(parameter => parameter.Type));
        var names = string.Join(", ", call.Parameters.Select((_, i) => $"p{i + 1}"));
        var expected = string.IsNullOrWhiteSpace(exceptionType) ? "System.Exception" : InertText.Line(exceptionType, LongestComment);
        if (call.Parameters.Count > 0)
        {
            text.AppendLine("    // The values that this class of failure lives on. Keep those that callers can send, add the one that failed, and say what each is to come to.");
            text.AppendLine(CultureInfo.InvariantCulture, $"    public static TheoryData<{types}> Inputs => new()");
            text.AppendLine("    {");
            foreach (var row in BoundaryValues.Rows([.. call.Parameters.Select(parameter => parameter.Type)], failureClass))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"        {{ {string.Join(", ", row)} }},");
            }

            text.AppendLine("    };").AppendLine();
        }

        text.AppendLine(call.Parameters.Count > 0 ? "    [Theory]\n    [MemberData(nameof(Inputs))]" : "    [Fact]");
        text.AppendLine(CultureInfo.InvariantCulture, $"    public async Task Does_not_fail_as_it_did({string.Join(", ", call.Parameters.Select((parameter, i) => $"{parameter.Type} p{i + 1}"))})");
        text.AppendLine("    {");
        text.AppendLine("        var culture = CultureInfo.CurrentCulture;");
        if (failureClass == "culture-dependent-parse")
        {
            text.AppendLine("        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(\"de-DE\");");
        }

        text.AppendLine("        try");
        text.AppendLine("        {");
        text.AppendLine("            var thrown = await Record.ExceptionAsync(Call);");
        text.AppendLine(CultureInfo.InvariantCulture, $"            Assert.NotEqual({SymbolDisplay.FormatLiteral(expected, quote: true)}, thrown?.GetType().FullName);");
        text.AppendLine("        }").AppendLine("        finally").AppendLine("        {");
        text.AppendLine("            CultureInfo.CurrentCulture = culture;");
        text.AppendLine("        }").AppendLine();
        text.AppendLine(call.IsAwaited ? $"        async Task Call() => await {call.Target}({names});" : $"        Task Call()\n        {{\n            {call.Target}({names});\n            return Task.CompletedTask;\n        }}");
        text.AppendLine("    }");
    }

    private static void AppendSkeleton(StringBuilder text, IReadOnlyList<string> missing)
    {
        text.AppendLine("    [Fact]").AppendLine("    public void Does_not_fail_as_it_did()").AppendLine("    {");
        foreach (var what in missing)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"        // Missing: {InertText.Line(what, LongestComment)}");
        }

        text.AppendLine("        Assert.Fail(\"This test is not written yet; its comments say what is missing.\");").AppendLine("    }");
    }

    private static MethodDeclarationSyntax? MethodOf(string unit, RepoPath path, int? line, string source)
    {
        var named = CSharpUnits.Members(path, source).Where(member => member.Unit.Name == unit).ToList();
        var at = named.Where(member => line is { } number && member.Unit.Span.Contains(number)).ToList();
        return (at.Count > 0 ? at : named).SelectMany(member => member.Nodes).OfType<MethodDeclarationSyntax>().FirstOrDefault();
    }

    private static string Word(string text) => new([.. text.Where(char.IsAsciiLetterOrDigit).Take(40)]);

    private static string Xml(string text) => System.Net.WebUtility.HtmlEncode(InertText.Line(text, LongestComment));
}
