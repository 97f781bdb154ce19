using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;

public static class Members
{
    static readonly List<string> Log = new();

    static string Take() { var all = string.Join(",", Log); Log.Clear(); return all; }

    public static string Constructors_chain_and_throw()
    {
        new Derived(1);
        try { new Derived(2); } catch (InvalidOperationException e) { Log.Add(e.ToString()); }
        try { new Derived(3); } catch (ArgumentException e) { Log.Add(e.ToString()); }
        new Derived();
        return Take();
    }

    class Base
    {
        protected readonly string Early = Note("base field");
        [MethodImpl(MethodImplOptions.NoInlining)] public Base(int i) { Log.Add("base" + i + Virtual()); if (i == 2) throw new InvalidOperationException("base"); }
        protected virtual string Virtual() => "bv";
    }

    sealed class Derived : Base
    {
        readonly string _field = Note("derived field");
        public Derived() : this(7) { Log.Add("chained"); }
        [MethodImpl(MethodImplOptions.NoInlining)] public Derived(int i) : base(i > 5 ? i - 1 : i) { Log.Add("derived" + i + _field); if (i == 3) throw new ArgumentException("derived"); }
        protected override string Virtual() => "dv" + _field;
    }

    static string Note(string s) { Log.Add(s); return s; }

    public static string Primary_constructors_capture() => new Primary(3, "x").Show();

    sealed class Primary(int n, string s) { readonly int _twice = n * 2; public string Show() => n + s + _twice; }

    public static string Struct_constructors_assign()
    {
        var a = new Pair(1, 2); var b = new Pair(5); Pair c = default;
        a.Swap();
        return a + "|" + b + "|" + c;
    }

    struct Pair
    {
        public int A, B;
        public Pair(int a, int b) { A = a; B = b; }
        public Pair(int both) : this(both, both) { if (both > 100) throw new ArgumentException(); }
        public void Swap() { (A, B) = (B, A); if (A < 0) throw new InvalidOperationException(); }
        public override readonly string ToString() => $"{A}-{B}";
    }

    public static string Static_constructors_run_once_and_fail_alike()
    {
        var first = Statics.Value;
        try { Broken.Touch(); } catch (TypeInitializationException e) { Log.Add(e.GetType().Name + e.InnerException!.Message + e.InnerException.StackTrace); }
        try { Broken.Touch(); } catch (TypeInitializationException e) { Log.Add(e.InnerException!.Message); }
        return first + Statics.Value + Take();
    }

    static class Statics { public static readonly string Value = Make(); static Statics() { Log.Add("cctor"); } static string Make() { Log.Add("make"); return "v"; } }

    static class Broken { static readonly int s_zero = Log.Count - Log.Count; static Broken() { Log.Add((1 / s_zero).ToString(CultureInfo.InvariantCulture)); } public static void Touch() { } }

    public static string Operators_and_conversions_compute()
    {
        Money a = 3, b = 4;
        var c = a + b; c++; c = -c;
        return (decimal)c + " " + (a == b) + (a < b) + (a ? "t" : "f") + a[1] + (a & b).Amount;
    }

    readonly struct Money(decimal amount)
    {
        public decimal Amount { get; } = amount;
        public static implicit operator Money(int n) => new(n);
        public static explicit operator decimal(Money m) => m.Amount;
        public static Money operator +(Money a, Money b) => new(a.Amount + b.Amount);
        public static Money operator -(Money a) => new(-a.Amount);
        public static Money operator ++(Money a) => new(a.Amount + 1);
        public static Money operator &(Money a, Money b) => a.Amount > b.Amount ? a : b;
        public static bool operator ==(Money a, Money b) => a.Amount == b.Amount;
        public static bool operator !=(Money a, Money b) => !(a == b);
        public static bool operator <(Money a, Money b) => a.Amount < b.Amount;
        public static bool operator >(Money a, Money b) => a.Amount > b.Amount;
        public static bool operator true(Money a) => a.Amount != 0;
        public static bool operator false(Money a) => a.Amount == 0;
        public decimal this[int scale] { get { if (scale == 0) throw new DivideByZeroException(); return Amount / scale; } }
        public override bool Equals(object? o) => o is Money m && m == this;
        public override int GetHashCode() => Amount.GetHashCode();
    }

    public static string Interfaces_dispatch()
    {
        IGreeter a = new Plain(), b = new Own();
        return a.Greet("x") + b.Greet("y") + ((IOther)b).Greet("z") + IGreeter.Make() + Abstract<Impl>() + Abstract<Impl2>();
    }

    interface IGreeter { string Greet(string n) { if (n.Length > 5) throw new ArgumentException(); return "hi " + Decorate(n); } private string Decorate(string n) => "<" + n + ">"; static string Make() => Note("made"); }
    interface IOther { string Greet(string n); }
    sealed class Plain : IGreeter { }
    sealed class Own : IGreeter, IOther { string IGreeter.Greet(string n) => "own " + n; string IOther.Greet(string n) => "other " + n; }
    interface ISelf<T> where T : ISelf<T> { static abstract string Name(int n); static virtual string Twice(int n) => T.Name(n) + T.Name(n); }
    sealed class Impl : ISelf<Impl> { public static string Name(int n) => "impl" + n; }
    sealed class Impl2 : ISelf<Impl2> { public static string Name(int n) => "impl2"; static string ISelf<Impl2>.Twice(int n) => "twice"; }
    static string Abstract<T>() where T : ISelf<T> => T.Twice(4);

    public static string Generics_bind()
    {
        var box = new Box<string>(); box.Put("a"); box.Put("b");
        return box.Map(s => s.Length + s).First() + Box<int>.Of(3).Map<string>(n => "n" + n).Count + Largest(3, 9, 4) + Default<Guid>() + TypeName<List<string>>()
            + new Box<object>.Inner<int>().Show<string>(null!, 3);
    }

    sealed class Box<T>
    {
        readonly List<T> _items = new();
        public static Box<T> Of(T one) { var box = new Box<T>(); box.Put(one); return box; }
        public void Put(T item) { if (item is null) throw new ArgumentNullException(nameof(item)); _items.Add(item); }
        public List<TOut> Map<TOut>(Func<T, TOut> map) => _items.Select(item => map(item)).ToList();
        public sealed class Inner<TMore> { public string Show<TThird>(TThird third, TMore more) where TThird : class => typeof(T).Name + typeof(TMore).Name + typeof(TThird).Name + more; }
    }

    static T Largest<T>(params T[] items) where T : IComparable<T> { var best = items[0]; foreach (var i in items) if (i.CompareTo(best) > 0) best = i; return best; }
    static T? Default<T>() => default;
    static string TypeName<T>() where T : new() => new T().GetType().Name;

    public static string Records_compare_and_copy()
    {
        var a = new Order(1, "x") { Total = 3 }; var b = a with { Total = 4 };
        return a + " " + (a == b) + b.Deconstructed() + new Size(1, 2) + (new Size(1, 2) == new Size(1, 2)) + a.GetHashCode().Equals((a with { }).GetHashCode());
    }

    record Order(int Id, string Name) { public decimal Total { get; init; } public string Deconstructed() { var (id, name) = this; return id + name + Total; } }
    readonly record struct Size(int W, int H);

    public static string Lambdas_and_local_functions_capture()
    {
        var n = 1;
        Func<int, int> add = x => x + n;
        Func<int, Func<int>> curried = a => () => a * n;
        int Local(int depth) => depth == 0 ? n : Local(depth - 1) + 1;
        static int StaticLocal(int x) { if (x < 0) throw new ArgumentException(); return x * 2; }
        n = 10;
        try { ((Action)(() => throw new InvalidOperationException("lambda")))(); } catch (InvalidOperationException e) { Log.Add(e.ToString()); }
        try { StaticLocal(-1); } catch (ArgumentException e) { Log.Add(e.ToString()); }
        return add(1) + "," + curried(3)() + "," + Local(3) + "," + StaticLocal(4) + Take();
    }

    public static string Events_and_properties_work()
    {
        var e = new Raiser(); var got = 0;
        EventHandler<int> h = (_, n) => got += n;
        e.Raised += h; e.Raise(3); e.Raised -= h; e.Raise(4);
        e.Checked = 5;
        try { e.Checked = -1; } catch (ArgumentOutOfRangeException x) { Log.Add(x.ParamName + x.StackTrace); }
        return got + "," + e.Checked + e.Computed + new Init { Value = 3 }.Value + Take();
    }

    sealed class Raiser
    {
        EventHandler<int>? _raised;
        int _checked;
        public event EventHandler<int> Raised { add { Log.Add("add"); _raised += value; } remove { Log.Add("remove"); _raised -= value; } }
        public void Raise(int n) => _raised?.Invoke(this, n);
        public int Checked { get => _checked; [MethodImpl(MethodImplOptions.NoInlining)] set { if (value < 0) throw new ArgumentOutOfRangeException(nameof(value)); _checked = value; } }
        public string Computed => string.Concat(Enumerable.Repeat("c", _checked));
    }

    sealed class Init { readonly int _value; public int Value { get => _value; init { if (value < 0) throw new ArgumentException(); _value = value * 2; } } }

    public static string Finalizers_run()
    {
        Finalized.Count = 0;
        Abandon();
        for (var i = 0; i < 50 && Finalized.Count == 0; i++) { GC.Collect(); GC.WaitForPendingFinalizers(); }
        return Finalized.Count.ToString(CultureInfo.InvariantCulture);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Abandon() => GC.KeepAlive(new Finalized());

    sealed class Finalized { public static int Count; ~Finalized() { Count++; } }

    public static string Optional_params_and_named_arguments_bind() => Opt(b: 2) + Opt(1, c: "z") + Params() + Params(1, 2, 3) + Spans([1, 2]);

    static string Opt(int a = 9, int b = 8, string c = "d") => a + c + b;
    static int Params(params int[] all) => all.Length;
    static int Spans(params ReadOnlySpan<int> all) => all.Length;

    public static string Extension_members_bind() => "abc".Twice() + "abc".Half;

    public static string Synchronized_methods_hold_their_lock() { try { Sync(true); } catch (InvalidOperationException e) { return e.StackTrace + Sync(false); } return "?"; }

    [MethodImpl(MethodImplOptions.Synchronized | MethodImplOptions.NoInlining)]
    static string Sync(bool fail) => fail ? throw new InvalidOperationException() : "s";

    public static string Dynamic_binds() { dynamic d = "text"; return d.Length + d.ToUpperInvariant(); }
}

public static class StringExtensions
{
    public static string Twice(this string s) => s + s;
    extension(string s) { public string Half => s[..(s.Length / 2)]; }
}
