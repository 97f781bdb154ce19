using Airworthy.Trials.Mutation;
using Xunit;

namespace Airworthy.Tests.Trials;

/// <summary>One change with tests of it, its mutants judged once for all the tests that look at them.</summary>
public sealed class MutatedChange : IAsyncLifetime
{
    private const string Base = "namespace Code; public static class Fees { public static int Same(int n) => n + 7; }";

    private const string Head = """
        using System;
        namespace Code;
        public static class Fees
        {
            public static int Of(int cents) => cents >= 5000 ? 0 : 250;
            public static int Greater(int a, int b) => a >= b ? a : b;
            public static int Twice(int n)
            {
                var i = 0;
                while (i < 2)
                {
                    n += 1;
                    i++;
                }

                return n;
            }

            public static int Untested(int n) => n * 3;
            public static int Same(int n) => n + 7;
            public static int Sign(int n)
            {
                int sign;
                if (n < 0)
                {
                    sign = -1;
                }
                else
                {
                    sign = 1;
                }

                return sign;
            }

            public static int Checked(int n)
            {
                if (n < 0)
                {
                    throw new ArgumentException("no fee is negative", nameof(n));
                }

                return n;
            }

            public static string Pair(string text) => text is { Length: > 0 } && text.IndexOf('=') is var at && at > 0 ? text.Substring(0, at) : text;
        }
        """;

    private const string Tests = """
        using Code; using Xunit; using System;
        public sealed class FeesTests : IDisposable
        {
            private static int s_left;
            public void Dispose() => s_left++;
            [Theory, InlineData(4999, 250), InlineData(5001, 0)] public void Of(int cents, int fee) => Assert.Equal(fee, Fees.Of(cents));
            [Theory, MemberData(nameof(Pairs))] public void Greater(int a, int b, int greater) => Assert.Equal(greater, Fees.Greater(a, b));
            public static TheoryData<int, int, int> Pairs => new() { { 1, 2, 2 }, { 2, 1, 2 }, { 3, 3, 3 } };
            [Fact] public async System.Threading.Tasks.Task Twice() { await System.Threading.Tasks.Task.Yield(); Assert.Equal(5, Fees.Twice(3)); }
            [Fact] public void Sign() { Assert.Equal(-1, Fees.Sign(-4)); Assert.Equal(1, Fees.Sign(4)); Assert.Equal(1, Fees.Sign(0)); Assert.Equal(-1, Fees.Sign(-1)); }
            [Fact] public void Checked() { Assert.Throws<ArgumentException>(() => Fees.Checked(-1)); Assert.Equal(7, Fees.Checked(7)); }
            [Fact] public void Does_not_come_back() => System.Threading.Thread.Sleep(-1);
            [Fact] public void Sets_a_culture() => System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo("de-DE");
            [Fact] public void Sees_no_culture_of_another() => Assert.Equal("", System.Globalization.CultureInfo.CurrentCulture.Name);
            [Fact] public void Fails_here() => throw new InvalidOperationException();
            [Fact(Skip = "no")] public void Left_out() { }
        }
        """;

    private readonly TwoSides _sides = new();

    internal MutationPlan Plan => _sides.Plan!.Mutation!;

    internal TestSuite Suite { get; private set; } = null!;

    internal Dictionary<int, MutantTest> Judged { get; private set; } = null!;

    internal Dictionary<int, MutantShown> Shown { get; private set; } = null!;

    public async ValueTask InitializeAsync() => (Suite, Judged, Shown) = await _sides.MutateAsync(Base, Head, Tests, 20_000, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        _sides.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The mutant that puts one text in the place of another.</summary>
    internal Mutant Of(string original, string replacement) => Plan.Mutants.Single(mutant => mutant.Original == original && mutant.Replacement == replacement);
}
