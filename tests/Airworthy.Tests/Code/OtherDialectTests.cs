using System.Globalization;
using System.Text;
using Airworthy.Code;
using Airworthy.Model;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Code;

public class OtherDialectTests
{
    [Fact]
    public void Java_causes_chain_and_files_carry_their_packages_folders()
    {
        var trace = Read(
            """
            Exception in thread "main" java.lang.IllegalStateException: outer
            	at org.shop.Api.handle(Api.java:7)
            	Suppressed: java.io.IOException: close
            		at org.shop.Api.close(Api.java:9)
            Caused by: java.lang.NullPointerException
            	at java.base/java.util.Objects.requireNonNull(Objects.java:233)
            	at org.shop.Refunds.split(Refunds.java:41)
            	... 1 more
            """);
        Assert.Equal("java", trace.Dialect);
        Assert.Single(trace.Frames);
        Assert.Equal("java.lang.NullPointerException", trace.Root.Type);
        Assert.Equal(new StackFrame("org.shop.Refunds.split", "org/shop/Refunds.java", 41), trace.Root.Frames[1]);
    }

    [Fact]
    public void Python_is_turned_round_and_its_cause_is_inner()
    {
        var trace = Read(
            """
            Traceback (most recent call last):
              File "/app/shop/refunds.py", line 41, in parse
                return Decimal(text)
            decimal.InvalidOperation: [<class 'decimal.ConversionSyntax'>]

            During handling of the above exception, another exception occurred:

            Traceback (most recent call last):
              File "/app/main.py", line 3, in <module>
                run()
              File "/app/shop/api.py", line 9, in run
                raise ValueError("bad")
            ValueError: bad
            """);
        Assert.Equal("python", trace.Dialect);
        Assert.Equal("ValueError", trace.Type);
        Assert.Equal(["run", "<module>"], trace.Frames.Select(frame => frame.Symbol));
        Assert.Equal(new StackFrame("parse", "/app/shop/refunds.py", 41), trace.Root.Frames[0]);
    }

    [Fact]
    public void JavaScript_names_files_without_their_scheme()
    {
        var trace = Read(
            """
            TypeError: Cannot read properties of undefined (reading 'total')
                at split (file:///app/src/refunds.js:41:17)
                at async Object.handle [as run] (/app/src/api.js:7:3)
                at /app/src/index.js:3:1
            """);
        Assert.Equal("javascript", trace.Dialect);
        Assert.Equal("TypeError", trace.Type);
        Assert.Equal([new StackFrame("split", "/app/src/refunds.js", 41), new("Object.handle", "/app/src/api.js", 7), new(null, "/app/src/index.js", 3)], trace.Frames);
    }

    [Fact]
    public void Go_reads_the_goroutine_that_failed()
    {
        var trace = Read(
            "panic: runtime error: index out of range [3] with length 3\n\ngoroutine 1 [running]:\nmain.(*Shop).Split(0xc000, {0x1, 0x2})\n\t/app/shop/refunds.go:41 +0x1d\nmain.main()\n\t/app/main.go:7 +0x2f\n\ngoroutine 5 [chan receive]:\nmain.wait()\n\t/app/wait.go:3 +0x1\n");
        Assert.Equal("go", trace.Dialect);
        Assert.Equal([new StackFrame("main.(*Shop).Split", "/app/shop/refunds.go", 41), new("main.main", "/app/main.go", 7)], trace.Frames);
    }

    [Theory]
    [InlineData("#0  0x00005581 in put_flow (lflow=0x1, n=3) at controller/physical.c:550")]
    [InlineData("    #0 0x5581ab in put_flow controller/physical.c:550:9")]
    [InlineData("put_flow at controller/physical.c:550")]
    [InlineData("put_flow (controller/physical.c:550)")]
    public void Native_frames_are_read_in_the_forms_of_gdb_and_the_sanitizers(string line) =>
        Assert.Equal(new StackFrame("put_flow", "controller/physical.c", 550), Read("==1==ERROR: AddressSanitizer: heap-use-after-free on address 0x1\n" + line).Frames[0]);

    [Fact]
    public void A_frame_of_gdb_that_goes_on_in_further_lines_has_the_place_that_the_last_one_tells()
    {
        var trace = Read(
            """
            #0  0x00005581 in put_flow (lflow=0x1, n=3) at controller/physical.c:550
            #1  0x00005582 in add_flows (context=0x7f, message=0x7ff "",
                message_length=8192) at lib/routemap.c:533
            #2  0x00005583 in commit (transaction=true, message=0x0)
                at lib/northbound.c:1356
            #3  0x00005584 in start_thread () from /lib/x86_64-linux-gnu/libpthread.so.0
            main at bgpd/bgp_main.c:545
            """);

        Assert.Equal(
            [new StackFrame("put_flow", "controller/physical.c", 550), new("add_flows", "lib/routemap.c", 533), new("commit", "lib/northbound.c", 1356)],
            trace.Frames.Take(3));
        Assert.Equal((null, "start_thread"), (trace.Frames[3].File, trace.Frames[3].Symbol));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("the build failed: see the log (line 3)")]
    [InlineData("at noon we met (at the gate)")]
    public void Prose_is_no_trace(string text) => Assert.Null(StackTraces.Read(text));

    [Fact]
    public void Ten_thousand_frames_and_ten_megabytes_are_bounded()
    {
        var text = new StringBuilder("System.Exception: x\n");
        for (var i = 0; i < 10_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"   at A.B.C{i}() in /x/y.cs:line {i + 1}\n");
        }

        var trace = Read(text.Append('(', 10_000_000).ToString());
        Assert.Equal(2048, trace.Frames.Length);
        Assert.Equal("A.B.C0", trace.Frames[0].Symbol);
        Assert.NotNull(Read(string.Concat(Enumerable.Repeat(" ---> System.Exception: x\n   at A.B.C()\n", 500))));
    }

    [Fact]
    public void No_text_makes_a_reader_throw()
    {
        var pieces = Gen.OneOf(
            "   at ", "#0 ", "goroutine 1 [running]:\n", "\t/x.go:1 +0x1\n", "File \"", "\", line ", "Traceback (most recent call last):\n", " ---> ", "--- End of inner exception stack trace ---",
            "Caused by: ", "A.B", "<M>d__2", "<>c", "..ctor", "(", ")", "[", "]", "<", ">", "|", ":line ", ":", "12", "99999999999", "\n", "\r\n", " ", "in ", "/x/y.cs", "\0", "\uD800", "строка");
        pieces.Array[0, 40].Select(string.Concat).Sample(text => StackTraces.Read(text)?.Frames.Length <= 2048 || StackTraces.Read(text) is null, iter: 20_000);
        Gen.String.Sample(text => StackTraces.Read(text) is null or { Dialect.Length: > 0 }, iter: 2000);
    }

    private static StackTrace Read(string text) => StackTraces.Read(text) ?? throw new InvalidOperationException("no trace was found");
}
