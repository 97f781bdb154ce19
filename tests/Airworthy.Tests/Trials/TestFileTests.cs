using Airworthy.Trials.Building;
using Airworthy.Trials.Reporting;
using Airworthy.Trials.Running;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Airworthy.Tests.Trials;

/// <summary>A test of a difference is C# of the framework that the project uses.</summary>
public sealed class TestFileTests
{
    [Theory]
    [InlineData(TestFramework.Xunit, "[Fact]", "Assert.Equal(1, result);")]
    [InlineData(TestFramework.Nunit, "[Test]", "Assert.That(result, Is.EqualTo(1));")]
    [InlineData(TestFramework.Mstest, "[TestMethod]", "Assert.AreEqual<object>(1, result);")]
    public void Holds_the_value_in_the_words_of_the_framework(TestFramework framework, string mark, string assertion)
    {
        var text = TestFile.Write(new TestCase("Pay_Of", ["int argument1 = 3;"], "Pay.Of(argument1)", false, null, "1", "result", "") { HasResult = true }, framework, "Pay_Of_1", "why");
        Assert.Contains(mark, text, StringComparison.Ordinal);
        Assert.Contains(assertion, text, StringComparison.Ordinal);
        Assert.Empty(CSharpSyntaxTree.ParseText(text, cancellationToken: TestContext.Current.CancellationToken).GetDiagnostics(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(TestFramework.Xunit)]
    [InlineData(TestFramework.Nunit)]
    [InlineData(TestFramework.Mstest)]
    public void Holds_an_exception_and_a_comment_can_not_leave_its_line(TestFramework framework)
    {
        var text = TestFile.Write(new TestCase("Pay_Of", [], "Pay.Of(1)", true, "global::System.FormatException", null, null, "de-DE") { HasResult = true }, framework, "Pay_Of_1", "base \"\n} evil");
        Assert.Empty(CSharpSyntaxTree.ParseText(text, cancellationToken: TestContext.Current.CancellationToken).GetDiagnostics(TestContext.Current.CancellationToken));
        Assert.Contains("global::System.FormatException", text, StringComparison.Ordinal);
        Assert.Contains("de-DE", text, StringComparison.Ordinal);
    }
}
