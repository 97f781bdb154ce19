using System.Reflection;
using Airworthy.TrialWorker.Preparing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
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
    [InlineData("int P => 3; int Q { get => 4; set => System.Console.WriteLine(value); } int this[int i] => i; public static C operator +(C a, C b) => a; public static implicit operator int(C c) => 1;")]
    [InlineData("void M() => M(); int[] N() => [1]; C O() => new(); string T() => throw new System.Exception(); ref int R(int[] a) => ref a[0]; T D<T>() => default!;")]
    [InlineData("async System.Threading.Tasks.Task M() => await N(); async System.Threading.Tasks.Task<int> N() { await M(); return await L(); async System.Threading.Tasks.ValueTask<int> L() => 1; void V() => M(); }")]
    public void Compiles_as_before(string member)
    {
        var code = $"class C {{ {member} }}";
        var rewriter = new EdgeRewriter(0);
        var root = rewriter.Visit(CSharpSyntaxTree.ParseText(code, cancellationToken: TestContext.Current.CancellationToken).GetRoot(TestContext.Current.CancellationToken))!;
        Assert.Empty(Errors(code));
        Assert.Empty(Errors(root.ToFullString(), EdgeRewriter.Counters(rewriter.Next)));
    }

    [Theory]
    [InlineData("public static string M(int a) => a switch { > 5 when a % 2 == 0 => \"even\", > 5 => \"odd\", 3 when a > 3 => \"never\", _ => \"small\" };")]
    [InlineData("public static string M(int a) { switch (a) { case > 5 when a % 2 == 0: return \"even\"; case > 5: return \"odd\"; default: return a > 2 && a < 5 || a == 9 ? \"some\" : \"none\"; } }")]
    [InlineData("public static string M(int a) { var text = \"\"; for (var i = 0; i < a; i++) if (i % 3 == 0) continue; else text += i; return text; }")]
    public void Does_as_before(string member)
    {
        var code = $"public class C {{ {member} }}";
        var rewriter = new EdgeRewriter(0);
        var root = rewriter.Visit(CSharpSyntaxTree.ParseText(code, cancellationToken: TestContext.Current.CancellationToken).GetRoot(TestContext.Current.CancellationToken))!;
        Assert.Equal(Answers(code), Answers(root.ToFullString(), EdgeRewriter.Counters(rewriter.Next)));
    }

    [Theory]
    [InlineData("return 1;", true)]
    [InlineData("n > 5", false)]
    public void A_counter_tells_whether_a_line_ran(string code, bool isOfItsOwn)
    {
        const string file = "class C { int M(int n) { if (n > 5) { return 1; } return 2; } }";
        var rewriter = new EdgeRewriter(0);
        rewriter.Visit(CSharpSyntaxTree.ParseText(file, cancellationToken: TestContext.Current.CancellationToken).GetRoot(TestContext.Current.CancellationToken));
        var body = Assert.Single(rewriter.Around(Of("return 2;")));
        Assert.Equal(isOfItsOwn, Assert.Single(rewriter.Around(Of(code))) != body);

        TextSpan Of(string text) => new(file.IndexOf(text, StringComparison.Ordinal), text.Length);
    }

    [Fact]
    public void The_last_arm_of_a_switch_which_no_counter_can_stand_in_is_told_by_what_is_around_it()
    {
        const string file = "class C { int M(int n) => n switch { 1 => 10, 2 => 20, _ => n + n }; }";
        var rewriter = new EdgeRewriter(0);
        rewriter.Visit(CSharpSyntaxTree.ParseText(file, cancellationToken: TestContext.Current.CancellationToken).GetRoot(TestContext.Current.CancellationToken));
        var whole = Assert.Single(rewriter.Around(Of("n switch")));
        Assert.Equal(whole, Assert.Single(rewriter.Around(Of("_ => n + n"))));
        Assert.NotEqual(whole, Assert.Single(rewriter.Around(Of("2 => 20"))));

        TextSpan Of(string text) => new(file.IndexOf(text, StringComparison.Ordinal), text.Length);
    }

    private static IEnumerable<Diagnostic> Errors(params string[] files) => Compiled(files).GetDiagnostics().Where(one => one.Severity == DiagnosticSeverity.Error);

    /// <summary>What <c>C.M</c> gives for the numbers below 12.</summary>
    private static string[] Answers(params string[] files)
    {
        using var assembly = new MemoryStream();
        Assert.True(Compiled(files).Emit(assembly).Success);
        var method = Assembly.Load(assembly.ToArray()).GetType("C")!.GetMethod("M")!;
        return [.. Enumerable.Range(0, 12).Select(number => (string)method.Invoke(null, [number])!)];
    }

    private static CSharpCompilation Compiled(string[] files) => CSharpCompilation.Create(
        "Code",
        files.Select(file => CSharpSyntaxTree.ParseText(file)),
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(':').Select(path => MetadataReference.CreateFromFile(path)),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
}
