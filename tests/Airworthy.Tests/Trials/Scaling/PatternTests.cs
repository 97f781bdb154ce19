using System.Text.RegularExpressions;
using Airworthy.Trials;
using Airworthy.TrialWorker.Scaling;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Trials.Scaling;

/// <summary>Regular expressions that take some texts very long, and those that don't.</summary>
public sealed class PatternTests
{
    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("^(a|b|ab)*$")]
    [InlineData(@"^([\w.]+)+@x$")]
    [InlineData(@"^(x\d|x[0-9]y?)*$")]
    public void An_expression_that_tries_too_many_ways_is_told(string pattern) => Assert.NotNull(PatternRun.Find(new UnitPattern(pattern, 0, 1, HasTimeout: false), () => true));

    [Theory]
    [InlineData("^[a-z]+$")]
    [InlineData(@"^\d{4}-\d{2}-\d{2}$")]
    [InlineData(@"\A(?:[a-z]+,)*[a-z]+\z")]
    [InlineData(@"^\w+=""[^""]*""$")]
    [InlineData("^(?>a+)+$")]
    [InlineData("(a+)+$", RegexOptions.NonBacktracking)]
    public void One_that_does_not_is_left_alone(string pattern, RegexOptions options = RegexOptions.None) => Assert.Null(PatternRun.Find(new UnitPattern(pattern, (int)options, 1, HasTimeout: false), () => true));

    [Fact]
    public void Any_text_is_read_or_refused() => Gen.String[Gen.Char["ab()[]{}|*+?\\^$.,1-<>:=!d "], 0, 24].Sample(text => PatternReader.Read(text) is { } read ? new PatternSuspicion(RegexOptions.None).Of(Valid(text) ? read : new PatternNode.Sequence([])).Count() >= 0 : text.Length > 0, iter: 3000);

    private static bool Valid(string text)
    {
        try
        {
            _ = new Regex(text, RegexOptions.None, TimeSpan.FromSeconds(1));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
