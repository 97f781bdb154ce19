using System.Collections;
using System.Reflection;
using System.Runtime.Loader;
using Airworthy.Feedback;
using Airworthy.Model;
using Airworthy.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using Xunit.Sdk;

namespace Airworthy.Tests.Feedback;

public class RegressionTestTests
{
    private const string Refunds = """
        using System;
        namespace Shop;
        public static class Refunds
        {
            public static decimal Split(decimal sum, int parts)
            {
                return sum / parts;
            }
        }
        """;

    private static readonly MetadataReference[] s_references =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    private static readonly string s_mended = Refunds.Replace("sum / parts", "parts == 0 ? sum : sum / parts", StringComparison.Ordinal);

    private const string Coupons = """
        namespace Shop
        {
            public static class Coupons
            {
                public static decimal Percent(string text) => decimal.Parse(text);
            }
        }
        """;

    [Theory]
    [InlineData("Refunds.Split(decimal, int)", "System.DivideByZeroException", "division-by-zero", Refunds, 7)]
    [InlineData("Coupons.Percent(string)", "System.FormatException", "malformed-input", Coupons, 5)]
    public async Task A_test_of_a_plain_function_compiles_and_fails_on_the_code_that_failed(string unit, string exception, string failure, string source, int line)
    {
        var test = RegressionTest.Write(new IncidentId("i8358"), exception, failure, unit, new RepoPath("a.cs"), line, source);

        Assert.Empty(test.Missing);
        Assert.NotEmpty(await FailuresAsync(test.Text, source));
    }

    [Fact]
    public async Task It_passes_on_the_code_that_was_mended() => Assert.Empty(await FailuresAsync(
        RegressionTest.Write(new IncidentId("i8358"), "System.DivideByZeroException", "division-by-zero", "Refunds.Split(decimal, int)", new RepoPath("a.cs"), 7, Refunds).Text,
        s_mended));

    [Theory]
    [InlineData("class A { public static int F(int n) => n; }", "A.F(int)", "it is not public")]
    [InlineData("public class A { public int F(int n) => n; }", "A.F(int)", "it is of an instance")]
    [InlineData("public static class A { public static T F<T>(T n) => n; }", "A.F<T>(T)", "the function|it is generic")]
    [InlineData("public static class A { public static int F(object n) => 1; }", "A.F(object)", "its parameter 'n' is no plain value")]
    [InlineData("public static class A { public static void F(out int n) => n = 1; }", "A.F(out int)", "the function|its parameter 'n'")]
    [InlineData("def f(): pass", "f", "the function: it is no method of C#")]
    public async Task Else_a_skeleton_compiles_that_says_what_is_missing(string source, string unit, string missing)
    {
        var test = RegressionTest.Write(new IncidentId("i1"), "E", null, unit, new RepoPath(source.StartsWith("def", StringComparison.Ordinal) ? "a.py" : "a.cs"), 1, source);

        Assert.Contains(missing.Split('|'), part => test.Missing[0].Contains(part, StringComparison.Ordinal));
        Assert.Contains("// Missing: ", test.Text, StringComparison.Ordinal);
        Assert.NotEmpty(await FailuresAsync(test.Text, ""));
    }

    [Fact]
    public void No_attempt_breaks_out_of_the_test()
    {
        foreach (var attempt in HostileTexts.All)
        {
            var test = RegressionTest.Write(new IncidentId(attempt), attempt, attempt, "Refunds.Split(decimal, int)", new RepoPath("a.cs"), 7, Refunds);
            var skeleton = RegressionTest.Write(new IncidentId(attempt), attempt, null, attempt, new RepoPath("a.py"), 1, attempt);

            foreach (var text in new[] { test.Text, skeleton.Text })
            {
                // Parsed, not compiled: a hundred compilations would take the suite a minute.
                var tree = CSharpSyntaxTree.ParseText(text);
                Assert.Empty(tree.GetDiagnostics());
                Assert.DoesNotContain(
                    tree.GetRoot().DescendantTokens(),
                    token => !token.IsKind(SyntaxKind.StringLiteralToken) && token.Text.Contains(HostileTexts.Mark, StringComparison.Ordinal) && !token.Text.StartsWith("Incident_", StringComparison.Ordinal));
            }
        }
    }

    private static async Task<List<string>> FailuresAsync(string test, string source)
    {
        var (image, errors) = Compile(test, source);
        Assert.Empty(errors);
        var context = new AssemblyLoadContext("regression", isCollectible: true);
        try
        {
            var type = context.LoadFromStream(new MemoryStream(image)).GetTypes().Single(type => type.Name.StartsWith("Incident_", StringComparison.Ordinal));
            var method = type.GetMethod("Does_not_fail_as_it_did")!;
            var rows = type.GetProperty("Inputs", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) is IEnumerable inputs
                ? inputs.Cast<ITheoryDataRow>().Select(row => row.GetData()).ToList()
                : [[]];
            var failures = new List<string>();
            foreach (var row in rows)
            {
                try
                {
                    await (method.Invoke(Activator.CreateInstance(type), row) as Task ?? Task.CompletedTask);
                }
                catch (Exception failed) when (failed is XunitException or TargetInvocationException { InnerException: XunitException })
                {
                    failures.Add(failed.Message);
                }
            }

            return failures;
        }
        finally
        {
            context.Unload();
        }
    }

    private static (byte[] Image, IReadOnlyList<string> Errors) Compile(string test, string source)
    {
        var compilation = CSharpCompilation.Create(
            $"regression-{Guid.NewGuid():N}",
            [CSharpSyntaxTree.ParseText(test), CSharpSyntaxTree.ParseText(source.StartsWith("def", StringComparison.Ordinal) ? "" : source)],
            s_references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var errors = compilation.Emit(image).Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error).Select(one => one.ToString()).ToArray();
        return (image.ToArray(), errors);
    }
}
