using Airworthy.TrialWorker.Preparing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Airworthy.Tests.Trials.Schedules;

/// <summary>Code with the steps of a schedule in it compiles as it did without.</summary>
public sealed class PointRewriterTests
{
    [Theory]
    [InlineData("int _n; int M() { _n++; ++_n; _n += 2; return _n++ + --_n; }", 9)]
    [InlineData("byte _b; short _s; long _l; decimal _d; double _f; void M() { _b++; _b += 1; _s <<= 1; _l <<= 2; _l += _b; _d += 1; _f -= 1; _b = (byte)(_b + 1); }", 16)]
    [InlineData("string? _s; int? _i; C? _c; string M() { _s ??= \"a\"; _s += 'c'; _s += 1; _i ??= 3; int j = _i ??= 4; _c = default; _c = null; return _s!.Length + (_c?._s ?? \"\") + $\"{_s,5}\" + nameof(_s); }", 14)]
    [InlineData("System.Action? _a; event System.Action? E; void M() { _a += M; _a = () => _a?.Invoke(); E?.Invoke(); _a(); }", 5)]
    [InlineData("int[] _a = new int[3]; System.Collections.Generic.Dictionary<int, int> _d = new(); void M() { _a[0]++; _a[1] = _a[2]; _d[1]++; _d[2] = 3; foreach (var x in _d) { } _d.TryGetValue(1, out var y); _d?.Clear(); System.Array.Resize(ref _a, y); }", 12)]
    [InlineData("struct P { public int X; public void Up() { X++; } } P _p; void M() { _p.Up(); _p.X = 3; _p = new P { X = 1 }; var q = _p; var (a, b) = (_p.X, q.X); (_p.X, _p) = (a, q); }", 2)]
    [InlineData("readonly System.Threading.Lock _l = new(); object _o = new(); void M() { lock (_l) lock (_o) { } using (_l.EnterScope()) { } if (_l.TryEnter()) _l.Exit(); System.Threading.Monitor.Enter(_o); System.Threading.Monitor.Wait(_o, 5); System.Threading.Monitor.PulseAll(_o); System.Threading.Monitor.Exit(_o); }", 8)]
    [InlineData("volatile bool _v; int _n; void M() { while (!_v) System.Threading.Thread.SpinWait(3); System.Threading.Volatile.Write(ref _n, 3); if (System.Threading.Interlocked.Increment(ref _n) > 2) System.Threading.Volatile.Write(ref _n, 3); var w = new System.Threading.SpinWait(); w.SpinOnce(); }", 6)]
    [InlineData("System.Threading.SpinLock _l; void M() { var taken = false; _l.Enter(ref taken); if (taken) { _l.Exit(); } while (!System.Threading.Thread.Yield()) { } }", 2)]
    [InlineData("readonly System.Threading.SemaphoreSlim _s = new(1); async System.Threading.Tasks.Task<int> M() { await _s.WaitAsync(); try { await System.Threading.Tasks.Task.Yield(); await System.Threading.Tasks.Task.Delay(3).ConfigureAwait(false); return await N(); } finally { _s.Release(); } } async System.Threading.Tasks.ValueTask<int> N() { await using (null) { } await System.Threading.Tasks.Task.Run(() => 3); return System.Threading.Tasks.Task.FromResult(3).Result; }", 9)]
    [InlineData("public int P { get; private set; } static C S { get; } = new(); int Q { get => _q; set => _q = value; } int _q; void M() { P++; Q++; P = P + Q; S.P += 1; var c = new C { P = P }; }", 9)]
    [InlineData("static readonly System.Collections.Generic.List<int> s_l = new() { 1 }; const int K = 3; int _n; System.Linq.Expressions.Expression<System.Func<int, bool>> M() { s_l.Add(K); return a => a > _n; }", 1)]
    [InlineData("int _n; C(int n) { _n = n; _n++; } C() : this(3) { } static int s_n; int M(int a = K) => a switch { K => _n, _ when _n > 1 => s_n, _ => throw new System.Exception() }; const int K = 2;", 3)]
    [InlineData("readonly System.Lazy<int> _l = new(() => 1); int? _i; int M() => _l.Value + _i!.Value + (_i.HasValue ? 1 : 0);", 3)]
    [InlineData("int _n; ref int R() => ref _n; void M() { ref var r = ref _n; r = 3; N(ref _n); O(in _n); System.Span<int> s = stackalloc int[3]; s[0] = _n; } static void N(ref int a) { } static void O(in int a) { } unsafe void U() { fixed (int* p = &_n) { } }", 1)]
    [InlineData("System.Text.StringBuilder _b = new(); System.Collections.Concurrent.ConcurrentQueue<int> _q = new(); bool M() { _b.Append(1).Append(2); return _q.TryDequeue(out var x) && x > 0; } System.Collections.Generic.IEnumerable<int> I() { lock (_b) { yield return 1; } }", 3)]
    public void Compiles_as_before(string members, int least)
    {
        var code = $"#nullable enable\nclass C {{ {members} }}";
        var tree = CSharpSyntaxTree.ParseText(code, path: "C.cs", cancellationToken: TestContext.Current.CancellationToken);
        var compilation = Compilation(tree);
        Assert.Empty(Errors(compilation));
        var places = new PointPlaces();
        var watched = compilation.GlobalNamespace.GetTypeMembers("C").SelectMany(type => type.GetTypeMembers().Prepend(type)).ToHashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        var root = new PointRewriter(compilation.GetSemanticModel(tree), watched, places).Visit(tree.GetRoot(TestContext.Current.CancellationToken));
        var rewritten = CSharpSyntaxTree.Create((CSharpSyntaxNode)root, (CSharpParseOptions)tree.Options, "C.cs");
        Assert.Empty(Errors(Compilation(rewritten, CSharpSyntaxTree.ParseText(PointCode.Of(compilation, places.Texts), cancellationToken: TestContext.Current.CancellationToken))));
        Assert.True(places.Texts.Count >= least, $"{places.Texts.Count} points:\n{string.Join('\n', places.Texts)}");
    }

    private static readonly MetadataReference[] s_framework = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(':').Where(path => path.StartsWith(Path.GetDirectoryName(typeof(object).Assembly.Location)!, StringComparison.Ordinal)).Select(path => MetadataReference.CreateFromFile(path))];

    private static CSharpCompilation Compilation(params SyntaxTree[] trees) => CSharpCompilation.Create(
        "Code",
        trees,
        s_framework,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));

    private static IEnumerable<string> Errors(CSharpCompilation compilation) =>
        compilation.GetDiagnostics().Where(one => one.Severity == DiagnosticSeverity.Error).Select(one => one + " in " + one.Location.SourceTree?.GetText().Lines[one.Location.GetLineSpan().StartLinePosition.Line]);
}
