using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

public static class Memory
{
    static readonly int[] s_numbers = { 1, 2, 3 };

    public static string Ref_returns_alias()
    {
        At(1) = 20; ref var last = ref At(2); last++;
        ref readonly var r = ref ReadOnlyAt(0);
        try { At(9) = 1; } catch (IndexOutOfRangeException e) { return s_numbers[1] + "," + s_numbers[2] + r + e.ToString(); }
        return "?";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static ref int At(int i) => ref s_numbers[i];
    static ref readonly int ReadOnlyAt(int i) { if (i < 0) throw new ArgumentException(); return ref s_numbers[i]; }

    public static string Ref_out_and_in_parameters_pass()
    {
        var a = 1; var big = new Big { A = 5 };
        Change(ref a, out var b, in big);
        return a + "," + b + "," + Parsed("12") + Parsed("x");
    }

    static void Change(ref int a, out int b, in Big big) { a++; if (a > 100) throw new ArgumentException(); b = big.A + (int)big.D; }
    static string Parsed(string s) => int.TryParse(s, NumberStyles.Integer, CultureInfo.InvariantCulture, out var n) ? "n" + n : "no";

    struct Big { public int A; public long B, C, D, E; }

    public static string Large_structs_return() { var b = MakeBig(3); return b.A + "," + b.E; }
    static Big MakeBig(int n) { if (n < 0) throw new ArgumentException(); return new Big { A = n, E = long.MaxValue }; }

    public static string Spans_slice()
    {
        Span<int> numbers = stackalloc int[8];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = i;
        return Sum(numbers[2..5]) + "," + First("a,b,c").ToString() + Trim("  x ".AsSpan()).Length;
    }

    static int Sum(ReadOnlySpan<int> numbers) { var sum = 0; foreach (var n in numbers) sum += n; return sum; }
    static ReadOnlySpan<char> First(string text) => text.AsSpan(0, text.IndexOf(','));
    static ReadOnlySpan<char> Trim(scoped ReadOnlySpan<char> text) { if (text.Length == 0) throw new ArgumentException(); return text.Trim().ToString(); }

    public static string Ref_structs_live() { var r = new Reader("ab"); var s = ""; while (r.Next(out var c)) s += c; using var d = new Scoped(); return s + r.Position; }

    ref struct Reader(ReadOnlySpan<char> text)
    {
        readonly ReadOnlySpan<char> _text = text;
        public int Position { get; private set; }
        public bool Next(out char c) { if (Position >= _text.Length) { c = default; return false; } c = _text[Position++]; return true; }
    }

    ref struct Scoped { public int N; public void Dispose() { N++; if (N > 5) throw new InvalidOperationException(); } }

    public static unsafe string Stackalloc_and_pointers_work()
    {
        var p = stackalloc byte[4]; Fill(p, 4);
        fixed (int* n = s_numbers) { return p[3] + "," + *n + "," + *Move(n, 1) + CallPointer(&Double, 4); }
    }

    static unsafe void Fill(byte* p, int n) { for (var i = 0; i < n; i++) p[i] = (byte)(i * 2); if (n > 100) throw new ArgumentException(); }
    static unsafe int* Move(int* p, int by) { if (by > 5) throw new ArgumentException(); return p + by; }
    static int Double(int n) => n * 2;
    static unsafe int CallPointer(delegate*<int, int> f, int n) => f(n);
    static unsafe delegate*<int, int> Pointer(bool ok) { if (!ok) throw new ArgumentException(); return &Double; }
    public static unsafe string Function_pointers_return() => Pointer(true)(21).ToString(CultureInfo.InvariantCulture);

    [SkipLocalsInit]
    static int Skips(int n) { Span<int> s = stackalloc int[n]; s[0] = n; if (n > 50) throw new ArgumentException(); return s[0]; }
    public static string Skipped_locals_work() => Skips(4).ToString(CultureInfo.InvariantCulture);

    public static string Struct_receivers_change_in_place() { var c = new Counter(); c.Up(); c.Up(); Bump(ref c); return c.N + "," + ((ICounter)c).Up(); }
    interface ICounter { int Up(); }
    struct Counter : ICounter { public int N; public int Up() { if (N > 100) throw new InvalidOperationException(); return ++N; } }
    static void Bump<T>(ref T c) where T : ICounter => c.Up();

    public static string Multidimensional_and_jagged_arrays_index() { var g = new int[2, 3]; g[1, 2] = 5; Cell(g, 0, 1) = 7; return g[1, 2] + "," + g[0, 1] + Jag(new int[][] { [1], [2, 3] }); }
    static ref int Cell(int[,] g, int a, int b) => ref g[a, b];
    static int Jag(int[][] j) => j[1][1];

    public static string Nullable_and_tuples_flow() { var (a, b) = Tuple(3); int? n = null; return a + b + Or(n) + Or(4) + (n?.ToString() ?? "none"); }
    static (int, string Name) Tuple(int n) => n > 100 ? throw new ArgumentException() : (n, "t");
    static int Or(int? n) => n ?? -1;

    public static string Native_sized_and_floats_compute() => Nat(3) + "," + Flt(0.5f) + "," + Div(1, 0) + Shift(1, 40);
    static nint Nat(nint n) => n << 2;
    static float Flt(float f) => f * 3;
    static double Div(double a, double b) => a / b;
    static long Shift(long a, int b) => a << b;

    [StructLayout(LayoutKind.Explicit)] struct Union { [FieldOffset(0)] public int I; [FieldOffset(0)] public float F; }
    public static string Unions_overlay() { var u = new Union { F = 1f }; return Bits(u).ToString(CultureInfo.InvariantCulture); }
    static int Bits(Union u) => u.I;
}
