using Airworthy.TrialWorker.Preparing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Airworthy.Tests.Trials;

/// <summary>Code with counters in it compiles as it did without.</summary>
public sealed class EdgeRewriterTests
{
    [Theory]
    [InlineData("int M(object o) { if (o is int n && n > 3) return n; else return 0; }")]
    [InlineData("int M(int a) => a > 0 && a < 5 || a == 9 ? 1 : 2;")]
    [InlineData("bool M(string s) => int.TryParse(s, out var n) && n > 1;")]
    [InlineData("string M(int a) => a switch { 1 => \"a\", 2 => null, > 5 and < 9 => \"c\", _ => throw new System.Exception() };")]
    [InlineData("int M(System.DayOfWeek d) { switch (d) { case System.DayOfWeek.Monday: return 1; default: break; } for (var i = 0; i < 3; i++) ; while (false) M(d); return 0; }")]
    [InlineData("System.Linq.Expressions.Expression<System.Func<int, bool>> M() => a => a > 0 && a < 5;")]
    [InlineData("const int K = true ? 1 : 2; void M(int a = 1 > 0 ? 1 : 2) { const bool b = true && false; if (b) M(); }")]
    [InlineData("System.Collections.Generic.IEnumerable<int> M() { foreach (var i in new[] { 1 }) if (i > 0) yield return i; lock (this) { } using (null) { } }")]
    [InlineData("async System.Threading.Tasks.Task M() { try { await System.Threading.Tasks.Task.Yield(); } catch (System.Exception e) when (e.Message.Length > 0) { throw; } finally { } int Local(int x) { return x; } System.Action a = () => { Local(1); }; a(); }")]
    [InlineData("int this[int i] { get { return i; } set { if (value > 0) System.Console.WriteLine(i); } }")]
    public void Compiles_as_before(string member)
    {
        var code = $"class C {{ {member} }}";
        var rewriter = new EdgeRewriter(0);
        var root = rewriter.Visit(CSharpSyntaxTree.ParseText(code, cancellationToken: TestContext.Current.CancellationToken).GetRoot(TestContext.Current.CancellationToken))!;
        Assert.Empty(Errors(code));
        Assert.Empty(Errors(root.ToFullString(), EdgeRewriter.Counters(rewriter.Next)));
    }

    private static IEnumerable<Diagnostic> Errors(params string[] files) =>
        CSharpCompilation.Create(
            "Code",
            files.Select(file => CSharpSyntaxTree.ParseText(file)),
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(':').Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).GetDiagnostics().Where(one => one.Severity == DiagnosticSeverity.Error);
}
