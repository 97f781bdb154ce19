using Airworthy.Code;
using Airworthy.Model;
using Xunit;

namespace Airworthy.Tests.Code;

public class DotNetDialectTests
{
    [Fact]
    public void Inner_exceptions_nest_and_each_keeps_its_frames()
    {
        var trace = Read(
            """
            System.InvalidOperationException: refund failed
             ---> System.FormatException: The input string '1,5' was not in a correct format.
               at System.Number.ThrowFormatException[TChar](ReadOnlySpan`1 value)
               at System.Decimal.Parse(String s)
               at Shop.Refunds.Parse(String s) in /src/Shop/Refunds.cs:line 41
               --- End of inner exception stack trace ---
               at Shop.Refunds.Split(Decimal total, Int32 parts) in /src/Shop/Refunds.cs:line 12
            --- End of stack trace from previous location ---
               at Shop.Api.Handle() in /src/Shop/Api.cs:line 7
            """);

        Assert.Equal("dotnet", trace.Dialect);
        Assert.Equal("System.InvalidOperationException", trace.Type);
        Assert.Equal(["Shop.Refunds.Split", "Shop.Api.Handle"], trace.Frames.Select(frame => frame.Symbol));
        Assert.Equal("System.FormatException", trace.Root.Type);
        Assert.Equal("The input string '1,5' was not in a correct format.", trace.Root.Message);
        Assert.Equal(new StackFrame("Shop.Refunds.Parse", "/src/Shop/Refunds.cs", 41), trace.Root.Frames[2]);
        Assert.True(trace.Root.Frames[0].IsThrowHelper);
    }

    [Theory]
    [InlineData("Shop.Refunds.<SplitAsync>d__2.MoveNext()", "Shop.Refunds.SplitAsync")]
    [InlineData("Shop.Refunds.<>c.<Split>b__0_0(Line x)", "Shop.Refunds.Split")]
    [InlineData("Shop.Refunds.<>c__DisplayClass3_0.<Split>b__1()", "Shop.Refunds.Split")]
    [InlineData("Shop.Refunds.<Split>g__Round|0_0(Decimal d)", "Shop.Refunds.Split")]
    [InlineData("Shop.Refunds.<>c__DisplayClass0_0.<<Split>b__0>d.MoveNext()", "Shop.Refunds.Split")]
    [InlineData("Shop.Store`2.Get[T](T key)", "Shop.Store.Get")]
    [InlineData("Shop.Outer+Inner.Run()", "Shop.Outer.Inner.Run")]
    [InlineData("Shop.Refunds..ctor(String s)", "Shop.Refunds..ctor")]
    [InlineData("Shop.Refunds..cctor()", "Shop.Refunds..cctor")]
    [InlineData("Program.<Main>$(String[] args)", "Program.<Main>$")]
    [InlineData("Program.<<Main>$>g__Help|0_0()", "Program.<Main>$")]
    [InlineData("Shop.Refunds.<System.Collections.Generic.IEnumerable<T>.GetEnumerator>d__2.MoveNext()", "Shop.Refunds.System.Collections.Generic.IEnumerable<T")]
    public void Compiler_made_names_are_told_as_the_method_that_was_written(string written, string expected) =>
        Assert.Equal(expected, Read($"System.Exception: x\n   at {written}\n").Frames[0].Symbol);

    [Theory]
    [InlineData("   at A.B.C() in /x/y.cs:line 5")]
    [InlineData("   w A.B.C() w /x/y.cs:wiersz 5")]
    [InlineData("   bei A.B.C() in /x/y.cs:Zeile 5.")]
    [InlineData("   в A.B.C() в /x/y.cs:строка 5")]
    [InlineData("   в A.B.C() в /x/y.cs:line 5")]
    [InlineData("   在 A.B.C() 位置 /x/y.cs:行号 5")]
    [InlineData("   場所 A.B.C() 場所 /x/y.cs:行 5")]
    [InlineData("   à A.B.C() dans /x/y.cs:ligne 5")]
    [InlineData("   en A.B.C() en /x/y.cs:línea 5")]
    [InlineData("   위치: A.B.C() 파일 /x/y.cs:줄 5")]
    [InlineData("   a következő helyen: A.B.C() hely: /x/y.cs:sor 5")]
    [InlineData("   at A.B.C() + 0x256 in /x/y.cs:line 5")]
    [InlineData("  at A.B.C () [0x00011] in /x/y.cs:5 ")]
    public void The_words_may_be_of_any_language(string line)
    {
        var frame = Read($"System.Exception: x\n{line}\n").Frames[0];
        Assert.Equal(("A.B.C", "/x/y.cs", 5), (frame.Symbol, frame.File, frame.Line));
    }

    [Theory]
    [InlineData("   at A.B.C(String s)", null, null)]
    [InlineData("   at A.B.C(...)", null, null)]
    [InlineData("   at A.B.C() + 0x256", null, null)]
    [InlineData(@"   at A.B.C() in C:\agent\_work\1\s\src\y.cs:line 9", @"C:\agent\_work\1\s\src\y.cs", 9)]
    [InlineData("   at A.B.C() in /_/src/y.cs:line 9", "/_/src/y.cs", 9)]
    [InlineData("   at A.B.C() in /x/my folder/y.cs:line 9", "/x/my folder/y.cs", 9)]
    public void A_place_is_told_as_written_or_not_at_all(string line, string? file, int? number)
    {
        var frame = Read($"System.Exception: x\n{line}\n").Frames[0];
        Assert.Equal((file, number), (frame.File, frame.Line));
    }

    [Fact]
    public void A_message_of_many_lines_is_kept_and_makes_no_frame()
    {
        var trace = Read("System.Exception: first\nsecond (really)\n   at A.B.C()\n");
        Assert.Equal("first\nsecond (really)", trace.Message);
        Assert.Single(trace.Frames);
    }

    [Fact]
    public void A_trace_cut_in_the_middle_gives_what_is_whole()
    {
        var trace = Read("System.Exception: x\n   at A.B.C() in /x/y.cs:line 5\n   at A.B.D(Str");
        Assert.Equal(["A.B.C"], trace.Frames.Select(frame => frame.Symbol));
    }

    [Fact]
    public void An_aggregate_chains_its_first_inner_exception()
    {
        var trace = Read(
            """
            System.AggregateException: One or more errors occurred. (a) (b)
             ---> System.FormatException: a
               at A.B.C()
               --- End of inner exception stack trace ---
               at A.B.Wait()
             ---> (Inner Exception #1) System.TimeoutException: b
               at A.B.D()
            <---
            """);
        Assert.Equal("System.FormatException", trace.Inner!.Type);
    }

    private static StackTrace Read(string text) => StackTraces.Read(text) ?? throw new InvalidOperationException("no trace was found");
}
