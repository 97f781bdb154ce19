using Airworthy.Trials.Programs;
using Xunit;

namespace Airworthy.Tests.Trials.Programs;

/// <summary>What two builds print is told apart from what one build prints otherwise each time.</summary>
public class OutputTextTests
{
    [Theory]
    [InlineData("sent 12 bytes", "sent 12 bytes", "sent 13 bytes", "sent 13 bytes", true)]
    [InlineData("took 12 ms", "took 13 ms", "took 14 ms", "took 15 ms", false)]
    [InlineData("took 12 ms", "took 13 ms", "failed after 14 ms", "failed after 15 ms", true)]
    [InlineData("a\nb 1", "b 2\na", "b 3\na", "a\nb 4", false)]
    [InlineData("a\nb 1", "b 2\na", "b 3\nc", "c\nb 4", true)]
    public void Times_ids_and_the_order_of_lines_are_no_difference_where_a_build_does_not_keep_them(string first, string again, string head, string headAgain, bool differs) =>
        Assert.Equal(differs, OutputText.Differ((first, again), (head, headAgain)));

    [Fact]
    public void Of_output_that_is_never_the_same_nothing_is_said() => Assert.Null(OutputText.Differ(("a", "b"), ("c", "c")));

    [Theory]
    [InlineData("a\nb\nc", "a\nx\nc", "b", "x")]
    [InlineData("a", "a\nb", "", "b")]
    [InlineData("n 1", "n 2", "n 1", "n 2")]
    public void The_first_line_that_differs_is_told(string from, string to, string old, string now) => Assert.Equal((old, now), OutputText.FirstDifference(from, to));
}
