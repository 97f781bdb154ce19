using Airworthy.Trials.Running;
using Xunit;

namespace Airworthy.Tests.Trials.Scaling;

/// <summary>Code that is compiled to be weighed too: which of its lines ran is known as without, and what grows steeply is not run to its end.</summary>
public sealed class WeighedChangeTests
{
    private const string Base = """
        using System.Linq;
        public static class Weighed
        {
            public static int Met(int[] items) { var sum = items.Where(item => item > 0).Select(item => item * 2).Count(); return sum; }
            public static int Unmet(int[] items)
            {
                var sum = items.Where(item => item > 0).Select(item => item * 2).Count();
                if (items.Length < 0)
                {
                    return 1;
                }
                return sum;
            }
            public static long Cubic(int[] items) { var sum = 0L; foreach (var one in items) { sum += one; } return sum; }
        }
        """;

    [Fact]
    public async Task What_ran_of_the_change_is_known_and_steep_growth_ends_early()
    {
        var head = Base.Replace("return sum; }\n    public static int Unmet", "return sum + 1; }\n    public static int Unmet", StringComparison.Ordinal)
            .Replace("return 1;", "return 2;", StringComparison.Ordinal)
            .Replace("foreach (var one in items) { sum += one; }", "foreach (var one in items) { foreach (var two in items) { foreach (var three in items) { sum += three; } } }", StringComparison.Ordinal);
        using var sides = new TwoSides { Kinds = ["differential", "scaling"] };
        var results = await sides.TryAsync(Base, head, 3000, TestContext.Current.CancellationToken);
        UnitResult Of(string member, string kind) => results.Single(result => result.Kind == kind && sides.Plan!.Units[result.Unit].Name.StartsWith($"Weighed.{member}(", StringComparison.Ordinal));
        Assert.Equal((TrialStatus.Different, TrialStatus.Untestable), (Of("Met", "differential").Status, Of("Unmet", "differential").Status));
        var growth = Of("Cubic", "scaling").Differences;
        Assert.Contains(growth, difference => difference.Kind == DifferenceKind.Growth && difference.Head.Contains("n^3", StringComparison.Ordinal) && !difference.Head.Contains("at 2048", StringComparison.Ordinal));
        Assert.DoesNotContain(growth, difference => difference.Kind == DifferenceKind.Hang);
    }
}
