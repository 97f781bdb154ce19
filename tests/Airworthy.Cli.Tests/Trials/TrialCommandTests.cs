using Airworthy.Cli.Tests.Recordings;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests.Trials;

/// <summary><c>airworthy trial</c> on real repositories, with real builds in the real sandbox.</summary>
public sealed class TrialCommandTests : IDisposable
{
    private readonly RepositoryBuilder _repository = new();

    private const string Policy = """
        version: 1
        evidence:
          - name: tried
            require: [trial]
        """;

    [Fact]
    public async Task What_was_tried_and_does_the_same_is_evidence_the_gate_takes()
    {
        _repository.Write("airworthy.yml", Policy).Write("src/Pay/Pay.csproj", TriedRepository.Project).Write("src/Pay/Pay.cs", TriedRepository.Fees("cents >= 5000 ? 0 : 250")).Commit("Fees");
        _repository.Write("src/Pay/Pay.cs", TriedRepository.Fees("cents < 5000 ? 250 : 0")).Commit("Tidy up");
        Assert.NotEqual(0, (await CliRun.InAsync(_repository.Folder, "gate", "--base", "HEAD^")).Exit);
        var run = await CliRun.InAsync(_repository.Folder, "trial", "--base", "HEAD^", "--budget", "5m", "--inputs", "5000", "--evidence", "trial.json");
        Assert.True(run.Exit == 0, run.Out + run.Error);
        var gate = await CliRun.InAsync(_repository.Folder, "gate", "--base", "HEAD^", "--evidence", "trial.json");
        Assert.True(gate.Exit == 0, gate.Out + gate.Error);
    }

    [Fact]
    public async Task A_project_that_does_not_build_is_told_in_one_sentence()
    {
        _repository.Write("Pay.csproj", TriedRepository.Project).Write("Pay.cs", "public static class Fees { public static int Of(int cents) => cents; }").Commit("Fees");
        _repository.Write("Pay.cs", "<<<<<<< HEAD\npublic static class Fees { public static int Of(int cents) => cents; }\n=======\n>>>>>>> topic\n").Commit("Merge");
        var run = await CliRun.InAsync(_repository.Folder, "trial", "--base", "HEAD^", "--inputs", "1");
        Assert.Equal(65, run.Exit);
        Assert.Contains("'Pay.csproj' does not build at the head", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_production_recorded_shows_what_no_drawn_input_would()
    {
        // Who knows the hash does not know the text.
        const string known = "System.Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text))) == \"B1662ED06DB2D599B7A390C578685A448563A76366AAE04AFBA78B2B1A065DC4\"";
        _repository.Write("Pay.csproj", TriedRepository.Project).Write("Pay.cs", Orders($"{known} ? 1 : text.Length")).Commit("Orders");
        _repository.Write("Pay.cs", Orders($"{known} ? 2 : text.Length")).Commit("Tidy up");
        using var recordings = new RecordingFiles();
        recordings.Add("M:Pay.Orders.Of(System.String)", "{\"name\":\"text\",\"value\":\"694b09ef\"}", "\"result\":1", assembly: "Pay");
        var run = await CliRun.InAsync(_repository.Folder, "trial", "--base", "HEAD^", "--budget", "5m", "--inputs", "1000", "--recordings", recordings.Folder);
        Assert.True(run.Exit == 1, run.Out + run.Error);
        Assert.Contains("Orders.Of(\"694b09ef\")", run.Out, StringComparison.Ordinal);

        static string Orders(string of) => $"namespace Pay;\npublic static class Orders\n{{\n    public static int Of(string text) => {of};\n}}\n";
    }

    [Fact]
    public async Task Analyzers_that_fail_the_build_and_a_base_that_does_not_build_are_told_apart()
    {
        // Its own build fails for style; a trial asks for no style.
        var strict = TriedRepository.Project.Replace("</PropertyGroup>", "<TreatWarningsAsErrors>true</TreatWarningsAsErrors><AnalysisMode>All</AnalysisMode><EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild></PropertyGroup>", StringComparison.Ordinal);
        _repository.Write("Pay.csproj", strict).Write("Pay.cs", "public static class Fees { public static int Of(int cents) => cents is; }").Commit("Half of it");
        _repository.Write("Pay.cs", "public static class Fees { public static int Of(string cents) { return cents.Length; } }").Commit("Fees");
        _repository.Write("Pay.cs", "public static class Fees { public static int Of(string cents) { return cents.Length + 1; } }").Commit("Fees");
        var strictRun = await CliRun.InAsync(_repository.Folder, "trial", "--base", "HEAD^", "--budget", "5m", "--inputs", "200");
        Assert.True(strictRun.Exit == 1, strictRun.Out + strictRun.Error);
        var broken = await CliRun.InAsync(_repository.Folder, "trial", "--base", "HEAD~2", "--inputs", "1");
        Assert.Equal(65, broken.Exit);
        Assert.Contains("'Pay.csproj' does not build at the base", broken.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mutants_need_no_base_that_builds()
    {
        _repository.Write("src/Pay/Pay.csproj", TriedRepository.Project).Write("tests/Pay.Tests/Pay.Tests.csproj", TriedRepository.TestProject).Write("tests/Pay.Tests/FeesTests.cs", TriedRepository.Tests)
            .Write("src/Pay/Pay.cs", TriedRepository.Fees("cents is")).Commit("Half of it");
        _repository.Write("src/Pay/Pay.cs", TriedRepository.Fees("cents > 5000 ? 0 : 250")).Commit("Fees");
        var run = await CliRun.InAsync(_repository.Folder, "trial", "--base", "HEAD^", "--budget", "5m", "--inputs", "5000", "--kinds", "mutation");
        Assert.True(run.Exit == 1, run.Out + run.Error);
        Assert.Contains("mutants: 4; tests notice 3 and not 1: 1 shown by an input", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_that_only_development_needs_and_nobody_has_is_done_without()
    {
        _repository.Write("nuget.config", "<configuration><packageSources><clear /><add key=\"none\" value=\"none\" /></packageSources></configuration>").Write("none/readme.txt", "none")
            .Write("Pay.csproj", TriedRepository.Project.Replace("</Project>", "<ItemGroup><PackageReference Include=\"Nobody.Has.Analyzers\" Version=\"1.0.0\" PrivateAssets=\"All\" /></ItemGroup></Project>", StringComparison.Ordinal))
            .Write("Directory.Build.targets", "<Project><ItemGroup><PackageReference Include=\"Nobody.Has.Docs\" Version=\"1.0.0\" PrivateAssets=\"all\" /></ItemGroup></Project>")
            .Write("Pay.cs", TriedRepository.Fees("cents >= 5000 ? 0 : 250")).Commit("Fees");
        _repository.Write("Pay.cs", TriedRepository.Fees("cents > 5000 ? 0 : 250")).Commit("Tidy up");
        var run = await CliRun.InAsync(_repository.Folder, "trial", "--base", "HEAD^", "--budget", "5m", "--inputs", "1000");
        Assert.True(run.Exit == 1, run.Out + run.Error);
        Assert.Contains("built without Nobody.Has.Analyzers, Nobody.Has.Docs", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_tool_made_and_the_repository_keeps_is_not_made_again()
    {
        const string made = "<Target Name=\"Make\" BeforeTargets=\"CoreCompile\" Inputs=\"z.tt\" Outputs=\"Made.cs\"><Exec Command=\"no-such-tool\" /></Target></Project>";
        _repository.Write("Made.cs", "// made of z.tt").Write("Pay.csproj", TriedRepository.Project.Replace("</Project>", made, StringComparison.Ordinal)).Write("Pay.cs", TriedRepository.Fees("cents"));
        for (var i = 0; i < 500; i++)
        {
            _repository.Write(FormattableString.Invariant($"between/{i}.txt"), "written after the one and before the other");
        }

        _repository.Write("z.tt", "template").Commit("Fees");
        _repository.Write("Pay.cs", TriedRepository.Fees("cents + 1")).Commit("Tidy up");
        var run = await CliRun.InAsync(_repository.Folder, "trial", "--base", "HEAD^", "--budget", "5m", "--inputs", "100");
        Assert.True(run.Exit == 1, run.Out + run.Error);
    }

    [Fact]
    public async Task A_change_without_C_sharp_is_no_evidence()
    {
        _repository.Write("a.py", "def a():\n    return 1\n").Commit("A");
        _repository.Write("a.py", "def a():\n    return 2\n").Commit("B");
        var run = await CliRun.InAsync(_repository.Folder, "trial", "--base", "HEAD^");
        Assert.Equal(2, run.Exit);
        Assert.Contains("only C# is tried", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_base_that_is_the_head_is_no_evidence()
    {
        _repository.Write("Pay.cs", "class A { }").Commit("A");
        Assert.Equal(2, (await CliRun.InAsync(_repository.Folder, "trial", "--base", "HEAD")).Exit);
    }

    [Theory]
    [InlineData("--budget", "0s")]
    [InlineData("--budget", "soon")]
    [InlineData("--inputs", "0")]
    [InlineData("--kinds", "differential,luck")]
    [InlineData("--mutation-report", "mutants.json")]
    public async Task What_can_not_be_asked_is_refused(string option, string value)
    {
        _repository.Write("Pay.cs", "class A { }").Commit("A");
        Assert.Equal(64, (await CliRun.InAsync(_repository.Folder, "trial", "--base", "HEAD", option, value)).Exit);
    }

    public void Dispose() => _repository.Dispose();
}
