using System.Collections.Immutable;
using Airworthy.Trials;
using Airworthy.Trials.Running;
using Xunit;

namespace Airworthy.Tests.Trials;

/// <summary>One change of code that is hard to call, or harms who calls it, tried once for all the tests that look at it.</summary>
public sealed class OddChange : IAsyncLifetime
{
    private const string Code = """
        using System; using System.Collections.Generic; using System.Reflection.Emit; using System.Runtime.CompilerServices; using System.Runtime.InteropServices;
        namespace Code;
        public static class Odd
        {
            public static int Plain(int n) { return n + DELTA; }
            public static unsafe int Pointed(int* at) { return *at + DELTA; }
            public static unsafe int Within(int n) { int* at = &n; return *at + DELTA; }
            [ModuleInitializer] internal static void Begins() { Started = DELTA; }
            public static int Started;
            public static IEnumerable<int> Endless(int n) { while (true) { yield return n + DELTA; } }
            public static int Never(int n) { while (n + DELTA == n + DELTA) { } return n; }
            public static int Large(byte n) { return n == 200 ? new byte[(int.MaxValue - 1000) / (1 + (1 - DELTA) * 1000)].Length : DELTA - DELTA; }
            public static int Emitted(int n)
            {
                var method = new DynamicMethod("Add", typeof(int), new[] { typeof(int) });
                var il = method.GetILGenerator();
                il.Emit(OpCodes.Ldarg_0); il.Emit(OpCodes.Ldc_I4, DELTA); il.Emit(OpCodes.Add); il.Emit(OpCodes.Ret);
                return ((Func<int, int>)method.CreateDelegate(typeof(Func<int, int>)))(n);
            }
            [DllImport("libc", EntryPoint = "getpidDELTA")] public static extern int Native();
        #nullable disable
            public static int Oblivious(string text) { return text == null ? DELTA : text.Length + DELTA; }
        #nullable restore
        }
        public static class Broken
        {
            private static readonly int s_value = int.Parse("no number");
            public static int Of(int n) { return n + s_value + DELTA; }
        }
        public static class Stuck
        {
            private static readonly int s_value = Wait();
            private static int Wait() { System.Threading.Thread.Sleep(-1); return 1; }
            public static int Of(int n) { return n + s_value + DELTA; }
        }
        public abstract class Nobody
        {
            public int Of(int n) { return n + DELTA; }
        }
        """;

    private readonly TwoSides _sides = new() { Kinds = ["differential"] };

    internal ImmutableArray<UnitResult> Results { get; private set; }

    public async ValueTask InitializeAsync() => Results = await _sides.TryAsync(At("0"), At("1"), 2000, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        _sides.Dispose();
        return ValueTask.CompletedTask;
    }

    internal TrialUnit Unit(string member) => _sides.Plan!.Units.Single(unit => unit.Name.StartsWith(member + "(", StringComparison.Ordinal));

    internal UnitResult Of(string member) => Results.Single(result => _sides.Plan!.Units[result.Unit] == Unit(member));

    private static string At(string delta) => Code.Replace("DELTA", delta, StringComparison.Ordinal);
}
