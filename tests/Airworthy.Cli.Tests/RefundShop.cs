using Airworthy.Testing;

namespace Airworthy.Cli.Tests;

/// <summary>A shop whose refunds an agent broke: the commit that did it, and the trace that production sent.</summary>
internal static class RefundShop
{
    public const string Trace = """
        System.DivideByZeroException: Attempted to divide by zero.
           at System.Decimal.DecCalc.VarDecDiv(DecCalc& d1, DecCalc& d2)
           at Shop.Refunds.Split(Decimal sum, Int32 parts) in /build/src/Refunds.cs:line 7
        """;

    private const string Refunds = """
        namespace Shop;

        public static class Refunds
        {
            public static decimal Split(decimal sum, int parts)
            {
                return sum / parts;
            }
        }

        """;

    /// <summary>Commits the sound version, and <paramref name="later"/> the broken one, whose id it gives.</summary>
    public static string Break(RepositoryBuilder shop, TimeSpan later)
    {
        shop.Write("src/Refunds.cs", Refunds.Replace("sum / parts", "sum / Math.Max(1, parts)", StringComparison.Ordinal)).Commit("Split refunds");
        return shop.Wait(later).Write("src/Refunds.cs", Refunds).Commit($"Split as asked\n\n{Marks.Claude}\n");
    }
}
