using Airworthy.Code;
using Xunit;

namespace Airworthy.Tests.Code;

public class StackFingerprintTests
{
    private const string Failure = "System.FormatException: bad '1,5'\n   at System.Decimal.Parse(String s)\n   at Shop.Refunds.Parse(String s) in /a/Refunds.cs:line 41\n   at Shop.Api.<Run>b__3_0() in /a/Api.cs:line 7\n";

    [Fact]
    public void The_same_failure_has_one_fingerprint_whatever_its_message_lines_and_machine() =>
        Assert.Equal(Of(Failure), Of(Failure.Replace("1,5", "2,75", StringComparison.Ordinal).Replace("/a/", @"C:\b\", StringComparison.Ordinal).Replace("line 41", "line 44", StringComparison.Ordinal)));

    [Fact]
    public void Another_type_or_another_function_is_another_failure()
    {
        Assert.NotEqual(Of(Failure), Of(Failure.Replace("FormatException", "OverflowException", StringComparison.Ordinal)));
        Assert.NotEqual(Of(Failure), Of(Failure.Replace("Refunds.Parse", "Refunds.Split", StringComparison.Ordinal)));
    }

    private static string Of(string text) => StackFingerprint.Of(StackTraces.Read(text)!);
}
