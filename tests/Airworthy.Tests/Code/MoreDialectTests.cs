using Airworthy.Code;
using Airworthy.Model;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Code;

public class MoreDialectTests
{
    [Fact]
    public void Ruby_is_read_with_its_cause()
    {
        var trace = Read(
            """
            /app/lib/refunds.rb:41:in `split': refund failed (Shop::RefundError)
            	from /app/lib/api.rb:7:in `block in handle'
            	from /app/main.rb:3:in `<main>'
            /app/lib/money.rb:12:in 'Shop::Money#parse': comparison of Integer with nil failed (ArgumentError)
            	from /app/lib/refunds.rb:40:in 'Shop::Refunds#split'
            """);
        Assert.Equal(("ruby", "Shop::RefundError", "refund failed"), (trace.Dialect, trace.Type, trace.Message));
        Assert.Equal([new StackFrame("split", "/app/lib/refunds.rb", 41), new("handle", "/app/lib/api.rb", 7), new("<main>", "/app/main.rb", 3)], trace.Frames);
        Assert.Equal(("ArgumentError", new StackFrame("Shop.Money.parse", "/app/lib/money.rb", 12)), (trace.Root.Type, trace.Root.Frames[0]));
    }

    [Fact]
    public void Ruby_in_the_order_of_a_terminal_is_turned_round()
    {
        var trace = Read("Traceback (most recent call last):\n\t2: from a.rb:9:in `<main>'\n\t1: from a.rb:5:in `outer'\na.rb:2:in `inner': boom (RuntimeError)\n");
        Assert.Equal(["inner", "outer", "<main>"], trace.Frames.Select(frame => frame.Symbol));
    }

    [Fact]
    public void Php_tells_a_place_with_the_function_it_lies_in_and_what_wraps_last()
    {
        var trace = Read(
            """
            PHP Fatal error:  Uncaught InvalidArgumentException: no amount in /app/src/Money.php:12
            Stack trace:
            #0 /app/src/Refunds.php(41): Shop\Money::parse('')
            #1 /app/index.php(3): Shop\Refunds->split(Object(Shop\Order), 2)
            #2 {main}

            Next Shop\RefundError: refund failed in /app/src/Refunds.php:44
            Stack trace:
            #0 /app/index.php(3): Shop\Refunds->split(Object(Shop\Order), 2)
            #1 {main}
              thrown in /app/src/Refunds.php on line 44
            """);
        Assert.Equal(("php", "Shop.RefundError"), (trace.Dialect, trace.Type));
        Assert.Equal([new StackFrame("Shop.Refunds.split", "/app/src/Refunds.php", 44), new("{main}", "/app/index.php", 3)], trace.Frames);
        Assert.Equal([new StackFrame("Shop.Money.parse", "/app/src/Money.php", 12), new("Shop.Refunds.split", "/app/src/Refunds.php", 41), new("{main}", "/app/index.php", 3)], trace.Root.Frames);
    }

    [Fact]
    public void Rust_is_read_with_a_backtrace_and_without()
    {
        var trace = Read(
            """
            thread 'main' panicked at src/refunds.rs:41:9:
            attempt to divide by zero
            stack backtrace:
               0: rust_begin_unwind
                         at /rustc/90b35a6/library/std/src/panicking.rs:652:5
               1: core::panicking::panic_fmt
                         at /rustc/90b35a6/library/core/src/panicking.rs:72:14
               2: shop::refunds::split::h0123456789abcdef
                         at ./src/refunds.rs:41:9
               3: shop::main
                         at ./src/main.rs:4:5
            note: Some details are omitted
            """);
        Assert.Equal(("rust", "attempt to divide by zero"), (trace.Dialect, trace.Message));
        Assert.True(trace.Frames[1].IsThrowHelper);
        Assert.Equal(new StackFrame("shop::refunds::split", "./src/refunds.rs", 41), trace.Frames[2]);
        Assert.Equal(new StackFrame(null, "src/refunds.rs", 41), Read("thread 'main' panicked at 'boom', src/refunds.rs:41:9\nnote: run with `RUST_BACKTRACE=1`\n").Frames[0]);
    }

    [Fact]
    public void A_kernel_oops_is_read_from_where_it_happened()
    {
        var trace = Read(
            """
            [   12.345678] BUG: kernel NULL pointer dereference, address: 0000000000000010
            [   12.345679] RIP: 0010:shop_split+0x12/0x80 [shop]
            [   12.345680] Call Trace:
            [   12.345681]  <TASK>
            [   12.345682]  ? __die+0x20/0x70
            [   12.345683]  shop_ioctl.isra.0+0x44/0x90 [shop]
            [   12.345684]  __x64_sys_ioctl+0x8d/0xd0
            """);
        Assert.Equal("kernel", trace.Dialect);
        Assert.Equal(["shop_split", "shop_ioctl", "__x64_sys_ioctl"], trace.Frames.Select(frame => frame.Symbol));
        Assert.Equal(new StackFrame("f", "net/shop.c", 41), Read("Call Trace:\n f+0x1/0x2 (net/shop.c:41 (discriminator 3))\n".Replace(" (discriminator 3)", "", StringComparison.Ordinal)).Frames[0]);
    }

    [Fact]
    public void SpiderMonkey_bundlers_and_minified_files_are_read()
    {
        var trace = Read("TypeError: total is undefined\nsplit@https://shop.example/static/refunds.js:41:17\nasync*handle@webpack:///./src/api.ts?a1b2:7:3\n@https://shop.example/static/index.js:3:1\n");
        Assert.Equal([new StackFrame("split", "https://shop.example/static/refunds.js", 41), new("handle", "./src/api.ts", 7), new(null, "https://shop.example/static/index.js", 3)], trace.Frames);
        Assert.Null(Read("TypeError: x\n    at a (https://shop.example/main.min.js:1:48211)\n").Frames[0].Line);
    }

    [Fact]
    public void Valgrind_and_error_stacks_of_go_are_read()
    {
        Assert.Equal(
            [new StackFrame("xmalloc", "lib/util.c", 112, IsThrowHelper: true), new("shop_open", "src/shop.c", 41)],
            Read("==12== 64 bytes in 1 blocks are definitely lost\n==12==    at 0x4C2FB0F: xmalloc (lib/util.c:112)\n==12==    by 0x108B7A: shop_open (src/shop.c:41)\n").Frames);
        Assert.Equal(
            [new StackFrame("shop/refunds.Split", "/app/refunds/split.go", 41)],
            Read("no amount\nshop/refunds.Split\n\t/app/refunds/split.go:41\n").Frames);
    }

    [Fact]
    public void A_suppressed_exceptions_own_cause_is_not_the_cause()
    {
        var trace = Read(
            "java.lang.IllegalStateException: outer\n\tat org.shop.Api.handle(Api.java:7)\n\tSuppressed: java.io.IOException: close\n\t\tat org.shop.Api.close(Api.java:9)\n\tCaused by: java.io.EOFException\n\t\tat org.shop.Io.read(Io.java:1)\nCaused by: java.lang.NullPointerException\n\tat org.shop.Refunds.split(Refunds.java:41)\n");
        Assert.Equal("java.lang.NullPointerException", trace.Root.Type);
        Assert.Null(trace.Inner!.Inner);
        Assert.Equal("java.io.EOFException", Read("java.io.EOFException: root\n\tat a.B.c(B.java:1)\nWrapped by: java.lang.IllegalStateException: outer\n\tat a.B.d(B.java:2)\n").Root.Type);
    }

    [Fact]
    public void Pythons_exception_groups_are_read()
    {
        var trace = Read("  + Exception Group Traceback (most recent call last):\n  |   File \"/app/a.py\", line 3, in run\n  |     raise ExceptionGroup(\"x\", [e])\n  | ExceptionGroup: x (1 sub-exception)\n");
        Assert.Equal(new StackFrame("run", "/app/a.py", 3), trace.Frames[0]);
    }

    [Theory]
    [InlineData("web_1  | System.Exception: x\nweb_1  |    at A.B.C() in /x/y.cs:line 5")]
    [InlineData("2026-03-02T09:15:00.123Z stderr F System.Exception: x\n2026-03-02T09:15:00.124Z stderr F    at A.B.C() in /x/y.cs:line 5")]
    [InlineData("{\"level\":\"error\",\"exception\":\"System.Exception: x\\n   at A.B.C() in /x/y.cs:line 5\\n   at A.B.D()\"}")]
    [InlineData("Mar  2 09:15:00 host shop[12]: System.Exception: x\nMar  2 09:15:00 host shop[12]:    at A.B.C() in /x/y.cs:line 5")]
    public void What_log_shippers_put_before_lines_is_taken_away(string text) =>
        Assert.Equal(("A.B.C", "/x/y.cs", 5), Read(text).Frames[0] is var frame ? (frame.Symbol, frame.File, frame.Line) : default);

    [Fact]
    public void Two_threads_traces_interleaved_still_give_frames_of_both()
    {
        var trace = Read("System.Exception: x\nSystem.FormatException: y\n   at A.B.C() in /x/y.cs:line 5\n   at D.E.F() in /x/z.cs:line 6\n   at A.B.D() in /x/y.cs:line 9\n");
        Assert.Equal(3, trace.Frames.Length);
    }

    [Fact]
    public void No_text_makes_one_of_these_readers_throw()
    {
        var pieces = Gen.OneOf(
            "a.rb:1:in `f': ", "from ", " (E)", "'", "`", "Traceback (most recent call last):\n", "Stack trace:\n", "#0 /a.php(3): ", "#1 {main}\n", "Next ", "Uncaught ", " in ", "thread 'main' panicked at ",
            "stack backtrace:\n", "  1: a::b\n", "at ./a.rs:1:2\n", "Call Trace:\n", "f+0x1/0x2", " [m]", "RIP: 0010:", "[  1.2] ", "?", "f@http://x/a.js:1:2\n", "@", "*", "<", "==1== ", "by 0x1: f (a.c:3)\n", "at 0x", ":", "\n",
            "(", ")", "Wrapped by: ", "Suppressed: ", "Caused by: ", "x | ", "\\n", "\"", "\\", "|", "+", "999999999999", "\0", "\uD800", " ");
        pieces.Array[0, 40].Select(string.Concat).Sample(text => StackTraces.Read(text) is null or { Dialect.Length: > 0 }, iter: 20_000);
    }

    private static StackTrace Read(string text) => StackTraces.Read(text) ?? throw new InvalidOperationException("no trace was found");
}
