using System.Collections.Immutable;
using Airworthy.Trials;
using Airworthy.Trials.Running;
using Xunit;

namespace Airworthy.Tests.Trials;

/// <summary>One change of many members, tried once for all the tests that look at it.</summary>
public sealed class TriedChange : IAsyncLifetime
{
    private static readonly string s_shared = """
        using System; using System.Buffers; using System.Collections.Generic; using System.Globalization; using System.Linq; using System.Threading.Tasks;
        namespace Code;
        public sealed record Order(string Id, int Count, decimal Price);
        public interface IShape { double Area(); }
        public sealed class Square : IShape { public Square(double side) => Side = side; public double Side { get; } public double Area() => Side * Side; }
        public abstract class Token { }
        public sealed class Plan { internal Plan(List<int> steps, Token token) => Steps = steps; public List<int> Steps { get; } }
        public sealed class PlanBuilder { internal readonly List<int> Steps = new(); public Plan Build() => new Plan(Steps, null!); internal Func<T, Plan> Build<T>() => _ => Build(); }
        public static class PlanSteps
        {

        """ + string.Concat(Enumerable.Range(0, 40).Select(i => $"public static PlanBuilder Use{i}(this PlanBuilder builder) {{ builder.Steps.Add({i}); return builder; }}\n")) + "}\n";

    private static readonly string s_base = s_shared + """
        public class Things
        {
            private readonly List<int> _seen = new();
            public int Count => _seen.Count;
            public static int Boundary(int n) => n >= 1734 ? 1 : 0;
            public static decimal Total(Order order) => order.Count * order.Price;
            public static string Magic(string text) { if (text.Length > 4 && text[0] == 'q') { if (text[1] == '7') { if (text[2] == 'Z') { return "found"; } } } return "no"; }
            public static double Both(IShape shape, double more) => shape.Area() + more;
            public static int Same(int a, int b) { return a + b; }
            public static int[] Sorted(int[] items) { var copy = (int[])items.Clone(); Array.Sort(copy); return copy; }
            public void Add(int item) { _seen.Add(item); }
            public static int Deep(int n) { return n <= 0 ? 0 : 1; }
            public static int Waits(int n) { return n; }
            public static int Leaves(int n) { return n; }
            public static string Ticket(int n) { return Guid.NewGuid().ToString() + n; }
            public static string Renamed(string text) { var result = text.Trim(); return result + result.Length; }
            public static async Task<int> Later(int n) { await Task.Yield(); return n * 2; }
            public static IEnumerable<int> Lazy(int n) { for (var i = 0; i < Math.Abs(n % 5); i++) yield return i; }
            private static int Hidden(int n) { return n / 2; }
            public static int Caller(int n) { return Hidden(n) + 1; }
            public static IEnumerable<int> Evens(int n) { for (var i = 0; i < n % 4; i++) yield return 2 * i; }
            public static T FirstOr<T>(T[] items, T other) { return items.Length > 0 ? items[0] : other; }
            public static bool Alike<T>(T one, T other, IEqualityComparer<T> by) { return by.Equals(one, other); }
            public static IEnumerable<int> Held(int n) { return Items(); IEnumerable<int> Items() { for (var i = 0; i < n % 4; i++) yield return i; } }
            public static int CountOf(IEnumerable<int> items) { return items is ICollection<int> all ? all.Count : items.Count(); }
            public static double AreaOf<T>(T shape) where T : IShape { return shape.Area(); }
            public static int Planned(Plan plan) { return plan.Steps.Contains(39) && !plan.Steps.Contains(3) ? 1 : 0; }
            public static async Task<int> Streamed(IAsyncEnumerable<int> items) { var sum = 0; await foreach (var item in items) { sum += item; } return sum; }
            public static int Stepped(IEnumerator<int> items) { return items.MoveNext() ? items.Current : -1; }
            public static int Rented(ArrayPool<int> pool, byte size) { return pool.Rent(size).Length; }
            public static IEnumerable<int> Counting(int n) { return new Steps(n); }
            public static int Rare(string text)
            {
                if (text.Length < 0)
                {
                    return 1;
                }
                return 0;
            }
            public static void Out(string text, out int length) { length = text.Length; }
            public static string Named(int n) { return "n" + n; }
            public static long Stamp(DateTime time) { return time.Ticks; }
            public static int Known(Order order, int[] sizes, DayOfWeek day) { return sizes.Length; }
            public static string TrimFirst(string text) { return text.StartsWith('a') ? text.Substring(1) : text; }
        }
        internal sealed class Steps : IEnumerable<int>
        {
            private readonly int _n;
            public Steps(int n) { _n = n; }
            public IEnumerator<int> GetEnumerator() { yield return _n; }
            System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
        }
        public sealed class Grade(int value) : IComparable<Grade>
        {
            public int Value => value;
            public int CompareTo(Grade? other) => other is null ? 1 : Value.CompareTo(other.Value);
        }
        public static class Holder<T>
        {
            public static string Told(T item) { return "a " + item; }
        }
        public sealed class Key(string name, int size)
        {
            public string Name => name;
            public int Size => size;
            public override bool Equals(object? other) => other is Key key && key.Name == Name;
            public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);
        }
        """;

    private static readonly string s_head = s_shared + """
        public class Things
        {
            private readonly List<int> _seen = new();
            public int Count => _seen.Count;
            public static int Boundary(int n) => n > 1734 ? 1 : 0;
            public static decimal Total(Order order) => order.Count > 3 ? order.Count * order.Price - 1 : order.Count * order.Price;
            public static string Magic(string text) { if (text.Length > 4 && text[0] == 'q') { if (text[1] == '7') { if (text[2] == 'Z') { return "lost"; } } } return "no"; }
            public static double Both(IShape shape, double more) => shape.Area() - more;
            public static int Same(int a, int b) { var sum = b; sum += a; return sum; }
            public static int[] Sorted(int[] items) { Array.Sort(items); return items; }
            public void Add(int item) { if (item != 3) { _seen.Add(item); } }
            public static int Deep(int n) { return n <= 0 ? 0 : n > 5 ? Deep(n + 1) + 1 : 1; }
            public static int Waits(int n) { while (n == 7) { } return n; }
            public static int Leaves(int n) { if (n == 8) { Environment.Exit(4); } return n; }
            public static string Ticket(int n) { var id = Guid.NewGuid(); return id.ToString() + n; }
            public static string Trimmed(string text) { var result = text.Trim(); return result + result.Length + 1; }
            public static async Task<int> Later(int n) { await Task.Yield(); return n * 2 + (n == 6 ? 1 : 0); }
            public static IEnumerable<int> Lazy(int n) { for (var i = 0; i < Math.Abs(n % 5); i++) yield return i == 3 ? 4 : i; }
            private static int Hidden(int n) { return n >> 1; }
            public static int Caller(int n) { return Hidden(n) + 1; }
            public static IEnumerable<int> Odds(int n) { yield return 1; yield return n; }
            public static IEnumerable<int> Evens(int n) { foreach (var i in Enumerable.Range(0, Math.Max(0, n % 4))) yield return i + i; }
            public static T FirstOr<T>(T[] items, T other) { return items.Length > 0 && items[0] is not null ? items[0] : other; }
            public static bool Alike<T>(T one, T other, IEqualityComparer<T> by) { return !by.Equals(one, other); }
            public static IEnumerable<int> Held(int n) { return Items(n); static IEnumerable<int> Items(int most) { for (var i = 0; i < most % 4; i++) yield return i; } }
            public static int CountOf(IEnumerable<int> items) { return items is ICollection<int> all ? all.Count : items.Count() + 1; }
            public static double AreaOf<T>(T shape) where T : IShape { return shape.Area() + 1; }
            public static int Planned(Plan plan) { return plan.Steps.Contains(39) && !plan.Steps.Contains(3) ? 2 : 0; }
            public static async Task<int> Streamed(IAsyncEnumerable<int> items) { var sum = 1; await foreach (var item in items) { sum += item; } return sum; }
            public static int Stepped(IEnumerator<int> items) { return items.MoveNext() ? items.Current : -2; }
            public static int Rented(ArrayPool<int> pool, byte size) { return pool.Rent(size).Length + 1; }
            public static IEnumerable<int> Counting(int n) { return new Steps(n); }
            public static int Rare(string text)
            {
                if (text.Length < 0)
                {
                    return 2;
                }
                return 0;
            }
            public static void Out(string text, out int length) { length = text.Length + 1; }
            public static int New(string text) { return text[0]; }
            public static decimal Parsed(string rate) { return decimal.TryParse(rate, out var number) ? number : -1; }
            public static string Named(int n) { return n == 9 ? null! : "n" + n; }
            public static long Stamp(DateTime time) { return time.ToUniversalTime().Ticks; }
            public static int Known(Order order, int[] sizes, DayOfWeek day) { return day == DayOfWeek.Friday && Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(order.Id))) == "B1662ED06DB2D599B7A390C578685A448563A76366AAE04AFBA78B2B1A065DC4" ? -1 : sizes.Length; }
            public static string TrimFirst(string text) { if (text.StartsWith('a')) { return text[1..]; } return text; }
            public static string NormalizePath(string path) { return path.Replace("//", "/"); }
            public static string EncodeList(string text) { return text.Replace(',', ';'); }
            public static string DecodeList(string text) { return text.Replace(';', ','); }
        }
        internal sealed class Steps : IEnumerable<int>
        {
            private readonly int _n;
            public Steps(int n) { _n = n; }
            public IEnumerator<int> GetEnumerator() { yield return _n + 1; }
            System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
        }
        public sealed class Grade(int value) : IComparable<Grade>
        {
            public int Value => value;
            public int CompareTo(Grade? other) => other is null || Value > other.Value ? 1 : -1;
        }
        public static class Holder<T> where T : class
        {
            public static string Told(T item) { return "the " + item; }
        }
        public sealed class Key(string name, int size)
        {
            public string Name => name;
            public int Size => size;
            public override bool Equals(object? other) => other is Key key && key.Name == Name;
            public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name) + Size;
        }
        """;

    private readonly TwoSides _sides = new()
    {
        Recorded = { ["Things.Known("] = new RecordedInput("", null, ["""{"$type":"Code.Order","Id":"694b09ef","Count":2,"Price":1.5}""", "[3,4]", "\"Friday\""]) },
    };

    internal ImmutableArray<UnitResult> Results { get; private set; }

    public async ValueTask InitializeAsync() => Results = await _sides.TryAsync(s_base, s_head, 20_000, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        _sides.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>What a kind of trial found of a member.</summary>
    internal UnitResult Of(string member, string kind = "differential") =>
        Results.Single(result => result.Kind == kind && _sides.Plan!.Units[result.Unit].Name.StartsWith((member.Contains('.', StringComparison.Ordinal) ? "" : "Things.") + member + "(", StringComparison.Ordinal));

    /// <summary>Whether a member was thought worth a trial.</summary>
    internal bool Holds(string member) => _sides.Plan!.Units.Any(unit => unit.Name.StartsWith($"Things.{member}(", StringComparison.Ordinal));
}
