using System.Text.Json;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests.Recordings;

/// <summary>Recorded calls in two revisions of a real program, built and run as a user's would be.</summary>
public sealed class ReplayCommandTests : IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <OutputType>Exe</OutputType>
            <AssemblyName>Shop</AssemblyName>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
        </Project>
        """;

    private const string Code = """
        using System.Globalization;
        File.WriteAllText("main-ran", "");
        public sealed record Order(string Sku, int Count, string Rate);
        public static class Refunds
        {
            public static decimal Pieces(Order order, int count) => count * decimal.Parse(order.Rate);
            public static decimal Whole(Order order) => order.Count;
            public static string Fresh(int n) => Guid.NewGuid() + " for " + n;
            public static async Task<int> LaterAsync(int n) { await Task.Delay(1); return n + 1; }
            public static void Hang() { if (Head) Thread.Sleep(Timeout.Infinite); }
            public static int Crash(int n) { if (Head) Environment.FailFast("gone"); return n; }
            public static int Last(int n) => n;
            public static bool Head => false;
            static int Hidden(Stream from) => 1;
            public static int Rounded(int n) { var by = 2; Func<int, int> round = x => x / by * by + (Head ? 1 : 0); return round(n) + Up(n); int Up(int x) => x + by; }
            public static string Named<T>(List<T> items) => typeof(T).Name + (Head ? "!" : "") + items.Count;
            public static IEnumerable<int> Days(int n, string unused) { for (var i = 0; i < n; i++) { yield return Head && i == 2 ? 0 : i; } }
            public static async IAsyncEnumerable<int> LaterDays(int n) { for (var i = 0; i < n; i++) { await Task.Yield(); yield return i; } }
        }
        public sealed class Price
        {
            private readonly string _unit;
            public Price(int cents, string unit) { Cents = Refunds.Head ? cents + 1 : cents; _unit = unit.Trim(); }
            public int Cents { get; }
        }
        public sealed class Clock(TimeProvider time) { public DateTimeOffset Now() => time.GetUtcNow(); }
        public sealed class Box<T>(T held) { public string Held() => held + (Refunds.Head ? "?" : ""); public static T Same(T one) => one; }
        public sealed class Counter { private int _count; public void Add(int n) => _count += n; }
        """;

    private readonly RecordingFiles _files = new();
    private readonly RepositoryBuilder _shop = new();

    public void Dispose()
    {
        _files.Dispose();
        _shop.Dispose();
    }

    [Fact]
    public async Task Two_revisions_are_compared_call_by_call()
    {
        _shop.Write("src/Store/Store.csproj", Project).Write("src/Store/Program.cs", Code).Commit("Refund");
        _shop.Write("src/Store/Program.cs", Code
            .Replace("decimal.Parse(order.Rate)", "decimal.Parse(order.Rate, CultureInfo.InvariantCulture)", StringComparison.Ordinal)
            .Replace("Head => false", "Head => true", StringComparison.Ordinal)
            .Replace("public static decimal Whole", "public static int Before(int n) { Func<int> one = () => n; return one(); } public static decimal Whole", StringComparison.Ordinal)
            .Replace("_count += n", "_count += 2 * n", StringComparison.Ordinal)).Commit("Mend");
        const string order = """{"name":"order","value":{"$type":"Order","Sku":"mug","Count":3,"Rate":"0.15"}}""";
        const string n = """{"name":"n","value":4}""";
        _files.Add("M:Refunds.Pieces(Order,System.Int32)", order + """,{"name":"count","value":2}""", "\"result\":30", "de-DE", id: "a0");
        _files.Add("M:Refunds.Whole(Order)", order, "\"result\":3", id: "a1");
        _files.Add("M:Refunds.Fresh(System.Int32)", n, "\"result\":\"x\"", id: "a2");
        _files.Add("M:Refunds.LaterAsync(System.Int32)", n, "\"result\":5", id: "a3");
        _files.Add("M:Refunds.Hang", "", "\"result\":null", id: "a4");
        _files.Add("M:Refunds.Crash(System.Int32)", n, "\"result\":4", id: "a5");
        _files.Add("M:Refunds.Last(System.Int32)", n, "\"result\":9", id: "a6");
        _files.Add("M:Refunds.Hidden(System.IO.Stream)", """{"name":"from","value":{"$unrecorded":"stream"}}""", "\"result\":1", id: "a7");
        _files.Add("M:Refunds.Gone", "", "\"result\":1", id: "a8");
        _files.Add("M:Clock.Now", "", "\"result\":\"2026-11-23T12:00:10+00:00\"", receiver: """{"$type":"Clock","<time>P":{"$unrecorded":"type of the framework"},"time":{"$unrecorded":"type of the framework"}}""", id: "a9");
        _files.Add("M:Counter.Add(System.Int32)", n, "\"result\":null", receiver: """{"$type":"Counter","_count":1}""", id: "b0");

        _files.Add("M:Refunds.Named``1(System.Collections.Generic.List{``0})", """{"name":"items","value":[1,2]}""", "\"result\":\"Int322\"", types: """["System.Int32"]""", id: "b1");
        _files.Add("M:Refunds.Days(System.Int32,System.String)", n + """,{"name":"unused","value":{"$unrecorded":"not used"}}""", "\"result\":[0,1,2,3]", id: "b2");
        _files.Add("M:Refunds.LaterDays(System.Int32)", n, "\"result\":[0,1,2,3]", id: "b3");
        _files.Add("M:Box`1.Held", "", "\"result\":\"h\"", receiver: """{"$type":"Box`1[[System.String, System.Private.CoreLib, Version=8.0.0.0, Culture=neutral, PublicKeyToken=7cec85d7bea7798e]]","held":"h"}""", types: """["System.String"]""", id: "b4");
        _files.Add("M:Box`1.Same(`0)", """{"name":"one","value":[1]}""", "\"result\":[1]", types: """[["[]","System.Int32"]]""", id: "b5");
        _files.Add("M:Box`1.Same(`0)", """{"name":"one","value":1}""", "\"result\":1", id: "b6");
        _files.Add("M:Refunds.Rounded(System.Int32)", """{"name":"x","value":5}""", "\"result\":4", receiver: """{"$type":"captured","by":2}""", part: """{"name":"lambda","ordinal":1,"of":1}""", id: "b7");
        _files.Add("M:Refunds.Rounded(System.Int32)", """{"name":"x","value":5}""", "\"result\":7", receiver: """{"$type":"captured","by":2}""", part: """{"name":"Up","ordinal":1,"of":1}""", id: "b8");
        _files.Add("M:Refunds.Rounded(System.Int32)", """{"name":"x","value":5}""", "\"result\":7", part: """{"name":"Down","ordinal":1,"of":1}""", id: "b9");
        _files.Add("M:Price.#ctor(System.Int32,System.String)", """{"name":"cents","value":5},{"name":"unit","value":" EUR"}""", "\"result\":{\"$type\":\"Price\",\"_unit\":\"EUR\",\"Cents\":5}", id: "c0");

        var run = await CliRun.InAsync(_shop.Folder, "replay", "--base", "HEAD~1", "--recordings", _files.Folder, "--seconds", "2", "--report", "replay.json", "--format", "json");
        Assert.Equal((1, ""), (run.Exit, run.Error));
        Assert.Equal(run.Out.TrimEnd(), await File.ReadAllTextAsync(Path.Combine(_shop.Folder, "replay.json"), TestContext.Current.CancellationToken));
        using var report = JsonDocument.Parse(run.Out);
        var calls = report.RootElement.GetProperty("calls").EnumerateArray().ToDictionary(call => call.GetProperty("recording").GetProperty("id").GetString()![..2], StringComparer.Ordinal);

        // A culture's way to read 0.15, mended.
        Assert.Equal("different", Verdict("a0"));
        Assert.Equal(("30", "0.30"), (calls["a0"].GetProperty("base").GetProperty("outcome").GetProperty("result").GetRawText(), calls["a0"].GetProperty("head").GetProperty("outcome").GetProperty("result").GetRawText()));
        Assert.True(calls["a0"].GetProperty("reproduces").GetBoolean());
        Assert.Equal("same", Verdict("a1"));
        // What differs base against base says nothing.
        Assert.Equal(("same", "result"), (Verdict("a2"), Assert.Single(calls["a2"].GetProperty("unstable").EnumerateArray()).GetString()));
        Assert.Equal("same", Verdict("a3"));
        // One call that hangs and one that ends its process do not keep the others from being made.
        Assert.Equal(("different", "timed-out"), (Verdict("a4"), calls["a4"].GetProperty("head").GetProperty("state").GetString()));
        Assert.Equal(("different", "crashed"), (Verdict("a5"), calls["a5"].GetProperty("head").GetProperty("state").GetString()));
        Assert.Equal(("same", false), (Verdict("a6"), calls["a6"].GetProperty("reproduces").GetBoolean()));
        Assert.Equal(("not-compared", "from was not recorded: stream"), (Verdict("a7"), Reason("a7")));
        Assert.Equal(("not-compared", "there is no such method"), (Verdict("a8"), Reason("a8")));
        Assert.Equal(("same", true), (Verdict("a9"), calls["a9"].GetProperty("reproduces").GetBoolean()));
        // What a call changes is an outcome too.
        Assert.Equal("after.receiver._count", Assert.Single(calls["b0"].GetProperty("differences").EnumerateArray()).GetProperty("path").GetString());
        // Generic methods, for the types they were called for, and sequences by their items.
        Assert.Equal(("different", "\"Int32!2\""), (Verdict("b1"), calls["b1"].GetProperty("head").GetProperty("outcome").GetProperty("result").GetRawText()));
        Assert.Equal(("different", "result[2]"), (Verdict("b2"), Assert.Single(calls["b2"].GetProperty("differences").EnumerateArray()).GetProperty("path").GetString()));
        Assert.Equal(("same", true), (Verdict("b3"), calls["b3"].GetProperty("reproduces").GetBoolean()));
        Assert.Equal("different", Verdict("b4"));
        Assert.Equal(("same", true), (Verdict("b5"), calls["b5"].GetProperty("reproduces").GetBoolean()));
        Assert.Equal(("not-compared", "it is generic, and was recorded without the types it was called for"), (Verdict("b6"), Reason("b6")));

        // Lambdas and local functions by their place in their member, constructors by the object they make.
        Assert.Equal(("different", true, "result"), (Verdict("b7"), calls["b7"].GetProperty("reproduces").GetBoolean(), Assert.Single(calls["b7"].GetProperty("differences").EnumerateArray()).GetProperty("path").GetString()));
        Assert.Equal(("same", true), (Verdict("b8"), calls["b8"].GetProperty("reproduces").GetBoolean()));
        Assert.Equal(("not-compared", "there is no local function Down in it"), (Verdict("b9"), Reason("b9")));
        Assert.Equal(("different", true, "result.Cents"), (Verdict("c0"), calls["c0"].GetProperty("reproduces").GetBoolean(), Assert.Single(calls["c0"].GetProperty("differences").EnumerateArray()).GetProperty("path").GetString()));

        string Verdict(string id) => calls[id].GetProperty("verdict").GetString()!;
        string Reason(string id) => calls[id].GetProperty("reason").GetString()!;
    }

    [Fact]
    public async Task Tests_are_written_that_hold_what_the_head_does()
    {
        _shop.Write("Shop.csproj", Project).Write("Program.cs", Code).Commit("Refund");
        var output = Path.Combine(_shop.Folder, "out");
        await BuildAsync(output);
        _files.Add("M:Refunds.Pieces(Order,System.Int32)", """{"name":"order","value":{"$type":"Order","Sku":"m\"\u2028ug","Count":3,"Rate":"0.15"}},{"name":"count","value":2}""", "\"exception\":{\"type\":\"System.FormatException\"}", "de-DE", id: "a0");
        _files.Add("M:Refunds.LaterAsync(System.Int32)", """{"name":"n","value":4}""", "\"result\":5", id: "a1");
        _files.Add("M:Refunds.Hidden(System.IO.Stream)", """{"name":"from","value":null}""", "\"result\":1", id: "a2");
        _files.Add("M:Refunds.Named``1(System.Collections.Generic.List{``0})", """{"name":"items","value":[1,2]}""", "\"result\":\"Int322\"", types: """["System.Int32"]""", id: "a3");
        _files.Add("M:Refunds.Days(System.Int32,System.String)", """{"name":"n","value":2},{"name":"unused","value":{"$unrecorded":"not used"}}""", "\"result\":[0,1]", id: "a4");
        _files.Add("M:Refunds.LaterDays(System.Int32)", """{"name":"n","value":2}""", "\"exception\":{\"type\":\"System.TimeoutException\"}", id: "a5");
        _files.Add("M:Box`1.Same(`0)", """{"name":"one","value":1}""", "\"result\":1", types: """["System.Int32"]""", id: "a6");
        const string unit = """{"name":"cents","value":5},{"name":"unit","value":""";
        _files.Add("M:Price.#ctor(System.Int32,System.String)", unit + "\" EUR\"}", "\"result\":{\"$type\":\"Price\",\"_unit\":\"EUR\",\"Cents\":5}", id: "a7");
        _files.Add("M:Price.#ctor(System.Int32,System.String)", unit + "null}", "\"exception\":{\"type\":\"System.NullReferenceException\"}", id: "a8");
        _files.Add("M:Refunds.Rounded(System.Int32)", """{"name":"x","value":5}""", "\"result\":7", part: """{"name":"lambda","ordinal":1,"of":1}""", id: "a9");
        await File.WriteAllTextAsync(
            Path.Combine(_shop.Folder, "replay.json"),
            """{"head":"5eed","calls":[{"recording":{"id":"a0100000-0000-0000-0000-000000000000"},"head":{"outcome":{"result":0.30,"after":{}}}}]}""",
            TestContext.Current.CancellationToken);

        string[] written = ["recordings", "to-tests", _files.Folder, "--app", Path.Combine(output, "Shop.dll"), "--output"];
        var run = await CliRun.InAsync(_shop.Folder, [.. written, "recorded"]);
        Assert.Equal(1, run.Exit);
        Assert.Contains("no test of a2300000 Refunds.Hidden(from): the method is not public", run.Out, StringComparison.Ordinal);
        Assert.Contains("lambda(x) in Refunds.Rounded: a lambda can only be called by its member; a recording of the member makes a test of both", run.Out, StringComparison.Ordinal);
        Assert.Contains("8 tests of 10 recordings", run.Out, StringComparison.Ordinal);
        var made = await File.ReadAllTextAsync(Path.Combine(_shop.Folder, "recorded", "PriceRecordings.cs"), TestContext.Current.CancellationToken);
        Assert.Contains("        var made = new global::Price(cents, unit);\n        Assert.Equal(5, made.Cents);\n        // Not held, as it can't be read from outside or was not recorded whole: _unit\n", made, StringComparison.Ordinal);
        Assert.Contains("Assert.Throws<global::System.NullReferenceException>(() => { _ = new global::Price(cents, unit); });", made, StringComparison.Ordinal);
        var tests = await File.ReadAllTextAsync(Path.Combine(_shop.Folder, "recorded", "RefundsRecordings.cs"), TestContext.Current.CancellationToken);
        Assert.Contains("new global::Order(\"m\\\"\\u2028ug\", 3, \"0.15\")", tests, StringComparison.Ordinal);
        Assert.Contains("using var culture = new RecordedCulture(\"de-DE\");\n        Assert.Throws<global::System.FormatException>(() => { _ = global::Refunds.Pieces(order, count); });", tests, StringComparison.Ordinal);
        Assert.Contains("Assert.Equal(5, await global::Refunds.LaterAsync(n));", tests, StringComparison.Ordinal);
        Assert.Contains("Assert.Equal(\"Int322\", global::Refunds.Named<int>(items));", tests, StringComparison.Ordinal);
        Assert.Contains("RecordedItems.Of(global::Refunds.Days(n, unused)));", tests, StringComparison.Ordinal);
        Assert.Contains("await Assert.ThrowsAsync<global::System.TimeoutException>(async () => await RecordedItems.Of(global::Refunds.LaterDays(n)));", tests, StringComparison.Ordinal);
        Assert.Contains(
            "Assert.Equal(1, global::Box<int>.Same(one));", await File.ReadAllTextAsync(Path.Combine(_shop.Folder, "recorded", "BoxRecordings.cs"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var mended = await CliRun.InAsync(_shop.Folder, [.. written, "mended", "--replay", "replay.json"]);
        Assert.Contains("1 test of 10 recordings", mended.Out, StringComparison.Ordinal);
        Assert.Contains("the replay has no outcome of it", mended.Out, StringComparison.Ordinal);
        Assert.Contains("Assert.Equal(0.30m, global::Refunds.Pieces(order, count));", await File.ReadAllTextAsync(Path.Combine(_shop.Folder, "mended", "RefundsRecordings.cs"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        // What is a person's to change is not overwritten.
        var again = await CliRun.InAsync(_shop.Folder, [.. written, "mended"]);
        Assert.Equal(64, again.Exit);
        Assert.Contains("is there already", again.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(output, "main-ran")));
    }

    [Theory]
    [InlineData(65, "does not build in the base", "syntax error", "Exe")]
    [InlineData(64, "is a library, which can't be started", "public static class Refunds { }", "Library")]
    public async Task What_can_not_be_run_is_told_in_one_sentence(int exit, string told, string code, string output)
    {
        _shop.Write("Shop.csproj", Project.Replace("Exe", output, StringComparison.Ordinal)).Write("Program.cs", code).Commit("Work");
        _files.Add("M:Refunds.Whole", "", "\"result\":3");
        var run = await CliRun.InAsync(_shop.Folder, "replay", "--base", "HEAD", "--recordings", _files.Folder);

        Assert.Equal(exit, run.Exit);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_project_that_is_not_there_and_an_assembly_that_nobody_makes_are_told()
    {
        _shop.Write("a.txt", "").Commit("Work");
        _files.Add("M:Refunds.Whole", "", "\"result\":3");
        string[] replay = ["replay", "--base", "HEAD", "--recordings", _files.Folder];
        Assert.Contains("no project of the base", (await CliRun.InAsync(_shop.Folder, replay)).Error, StringComparison.Ordinal);
        Assert.Contains("there is no project 'x.csproj'", (await CliRun.InAsync(_shop.Folder, [.. replay, "--project", "x.csproj"])).Error, StringComparison.Ordinal);
        _files.Add("M:Other.Whole", "", "\"result\":3", assembly: "Other");
        Assert.Contains("of several assemblies (Shop, Other)", (await CliRun.InAsync(_shop.Folder, replay)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_recording_nothing_is_known()
    {
        _shop.Write("a.txt", "").Commit("Work");
        Assert.Equal(2, (await CliRun.InAsync(_shop.Folder, "replay", "--base", "HEAD", "--recordings", _files.Folder)).Exit);
    }

    private async Task BuildAsync(string output)
    {
        using var build = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("dotnet", ["build", _shop.Folder, "-o", output, "-v", "quiet", "--nologo", "-nodeReuse:false"]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        await build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, build.ExitCode);
    }
}
