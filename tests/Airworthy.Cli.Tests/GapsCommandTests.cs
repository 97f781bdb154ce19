using System.Text.Json;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests;

/// <summary><c>probes gaps</c> on real repositories.</summary>
public sealed class GapsCommandTests : IDisposable
{
    private const string Client = """
        class Client
        {
            public Task Pay(string url) => _http.PostAsync(url, null);

            public int Try()
            {
                try { return Count(); } catch (FormatException) { return 0; }
            }

            public int Count() => 1;
        }

        """;

    private readonly RepositoryBuilder _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Gaps_of_unproven_code_on_critical_paths_are_named_and_no_others()
    {
        _shop.Write("airworthy.yml", "version: 1\ncritical: [{ name: payments, paths: [src/Pay/] }]\n").Write("src/Pay/Client.cs", Client).Write("src/Other.cs", Client).Commit($"Pay\n\n{Marks.Claude}\n");

        var run = await CliRun.InAsync(_shop.Folder, "probes", "gaps");

        Assert.Equal((1, ""), (run.Exit, run.Error));
        Assert.Equal(
            [
                "src/Pay/Client.cs",
                "      3  outward call     _http.PostAsync  in Client.Pay(string)  ·  ai claude-code (Opus 4.6)",
                "      7  swallowed error  catch (FormatException)  in Client.Try()  ·  ai claude-code (Opus 4.6)",
                $"2 gaps in 3 unproven functions of 1 C# file (payments) at {_shop.Head[..12]}",
            ],
            run.Lines);
        Assert.Contains("src/Other.cs", (await CliRun.InAsync(_shop.Folder, "probes", "gaps", "--all")).Lines);
    }

    [Fact]
    public async Task Programs_read_the_same_as_people()
    {
        _shop.Write("src/Client.cs", Client).Commit("Pay");

        var run = await CliRun.InAsync(_shop.Folder, "probes", "gaps", "--all", "--format", "json");

        Assert.Equal((1, ""), (run.Exit, run.Error));
        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal((1, 3), (json.RootElement.GetProperty("files").GetInt32(), json.RootElement.GetProperty("unproven").GetInt32()));
        Assert.Equal(
            """{"path":"src/Client.cs","line":3,"kind":"outward-call","text":"_http.PostAsync","unit":"M:Client.Pay(System.String)","authorship":"unknown","agents":[]}""",
            JsonSerializer.Serialize(json.RootElement.GetProperty("gaps")[0]));
    }

    [Fact]
    public async Task Code_that_a_person_vouches_for_has_none()
    {
        _shop.Write("airworthy.yml", "version: 1\nauthorship: { unattributed: human }\n").Write("src/Client.cs", Client).Commit("Pay");
        var run = await CliRun.InAsync(_shop.Folder, "probes", "gaps", "--all");
        Assert.Equal((0, $"0 gaps in 0 unproven functions of 1 C# file (every path) at {_shop.Head[..12]}\n"), (run.Exit, run.Out));
    }

    [Theory]
    [InlineData("version: 1\n", "names no critical path")]
    [InlineData("version: 1\ncritical: [{ name: pay, paths: [src/Pay/] }]\n", "no C# file is on the critical paths (pay)")]
    public async Task Nothing_to_read_is_not_known(string policy, string told)
    {
        _shop.Write("airworthy.yml", policy).Write("src/Client.cs", Client).Commit("Pay");
        var run = await CliRun.InAsync(_shop.Folder, "probes", "gaps");
        Assert.Equal(2, run.Exit);
        Assert.Contains(told, run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_that_is_not_there_is_told()
    {
        _shop.Write("src/Client.cs", Client).Commit("Pay");
        var run = await CliRun.InAsync(_shop.Folder, "probes", "gaps", "--built", "nowhere");
        Assert.Equal(64, run.Exit);
        Assert.Contains("neither an assembly nor a project", run.Error, StringComparison.Ordinal);
    }
}
