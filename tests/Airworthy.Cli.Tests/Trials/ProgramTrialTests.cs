using System.Diagnostics;
using System.Text.Json;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests.Trials;

/// <summary>A real program, built and run in two revisions in a sandbox, on scenarios that vary.</summary>
public sealed class ProgramTrialTests : IDisposable
{
    /// <summary>Copies a file; with <c>--fast</c> and an empty file the head copies nothing, and it ends otherwise in ways that are looked for.</summary>
    private const string Program = """
        #!/bin/sh
        fast=
        [ "$1" = --fast ] && fast=1 && shift
        echo "run $$ at $(date +%N)"
        case $1 in
          hang) [ HEAD = no ] || sleep 60 ;;
          crash) [ HEAD = no ] || kill -SEGV $$ ;;
          leave) rm -r "$PWD"; [ HEAD = no ] || ln -s /etc "$PWD" ;;
          reach) touch "$HOME/../../etc/reached" 2>/dev/null; cat /proc/net/dev | grep -c : ;;
          *) if [ HEAD = yes ] && [ "$fast" ] && [ ! -s "$1" ]; then exit 0; fi; cp "$1" "$2" ;;
        esac
        """;

    private readonly RepositoryBuilder _repository = new();
    private readonly string _scenarios = Directory.CreateTempSubdirectory("airworthy-scenarios-").FullName;

    public ProgramTrialTests()
    {
        _repository.Write("copy.in", Program.Replace("HEAD", "no", StringComparison.Ordinal)).Commit("Copy");
        _repository.Write("copy.in", Program.Replace("HEAD", "yes", StringComparison.Ordinal)).Commit("Copy faster");
    }

    public void Dispose()
    {
        _repository.Dispose();
        Directory.Delete(_scenarios, recursive: true);
    }

    [Fact]
    public async Task A_difference_is_found_among_unusual_uses_and_told_with_as_few_of_them_as_show_it()
    {
        Write("copy.args", "$FLAGS\na\nb\n");
        Write("copy.files/a", "text\n");
        Write("vary.yml", "FLAGS: [\"\", --fast]\nfiles: [given, empty, linked]\nfolder: [plain, unicode]\n");
        var (run, report) = await TrialAsync("--write-tests", "tests");
        Assert.Equal((1, ""), (run.Exit, run.Error));
        var programs = report.GetProperty("units")[0].GetProperty("kinds").GetProperty("programs");
        Assert.Equal("different", programs.GetProperty("status").GetString());
        // All 12 combinations: what a build prints otherwise each time is no difference.
        Assert.Equal(12, programs.GetProperty("inputs").GetInt32());
        var difference = Assert.Single(programs.GetProperty("differences").EnumerateArray());
        Assert.Equal(("file-missing", "FLAGS=--fast files=empty"), (difference.GetProperty("kind").GetString(), difference.GetProperty("input").GetString()));
    }

    [Fact]
    public async Task A_test_is_written_that_holds_on_the_base_and_fails_on_the_head()
    {
        Write("copy.args", "$FLAGS\na\nb\n");
        Write("copy.files/a", "");
        Write("vary.yml", "FLAGS: [\"\", --fast]\n");
        var (_, report) = await TrialAsync("--write-tests", "tests");
        var test = report.GetProperty("units")[0].GetProperty("kinds").GetProperty("programs").GetProperty("differences")[0].GetProperty("test").GetString()!;
        foreach (var (revision, exit) in new[] { ("HEAD~1", 0), ("main", 1) })
        {
            _repository.Git("checkout", "-q", revision);
            using var script = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sh", [test]) { Environment = { ["RUN"] = $"sh {_repository.Folder}/copy.in" } })!;
            await script.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(exit, script.ExitCode);
        }
    }

    [Fact]
    public async Task A_head_that_hangs_or_crashes_is_a_finding_and_the_others_go_on()
    {
        Write("copy.args", "a\nb\n");
        Write("copy.files/a", "text");
        Write("crash.args", "crash\n");
        Write("hang.args", "hang\n");
        var (run, report) = await TrialAsync("--patience", "1");
        Assert.Equal(1, run.Exit);
        Assert.Equal(
            ["copy same", "crash crashed ended by signal 11", "hang crashed did not end"],
            report.GetProperty("units").EnumerateArray().Select(unit =>
            {
                var programs = unit.GetProperty("kinds").GetProperty("programs");
                var heads = programs.GetProperty("differences").EnumerateArray().Select(difference => " " + difference.GetProperty("head").GetString());
                return $"{unit.GetProperty("unit").GetString()} {programs.GetProperty("status").GetString()}{string.Concat(heads)}";
            }));
    }

    [Fact]
    public async Task An_input_of_a_fuzzer_that_crashes_the_head_alone_is_a_finding()
    {
        Write("any.sh", "if grep -q crash $INPUT; then exec $RUN crash; fi; exec $RUN $INPUT out");
        // One input that both take, one that the head alone does not; and what no fuzzer leaves.
        Write("any.fuzz", "test $FUZZ_SECONDS -gt 0 && echo plain >$FOUND/one; echo crash >$FOUND/two; mkfifo $FOUND/pipe; ln -s /etc/passwd $FOUND/link; exit 77");
        Write("none.args", "crash\n");
        Write("none.fuzz", "echo no such fuzzer >&2; exit 127");
        var (run, report) = await TrialAsync();
        Assert.Equal((1, ""), (run.Exit, run.Error));
        var units = report.GetProperty("units").EnumerateArray().ToDictionary(unit => unit.GetProperty("unit").GetString()!, unit => unit.GetProperty("kinds").GetProperty("programs"), StringComparer.Ordinal);
        var difference = Assert.Single(units["any"].GetProperty("differences").EnumerateArray());
        Assert.Equal(("crash", "INPUT=.inputs/two"), (difference.GetProperty("kind").GetString(), difference.GetProperty("input").GetString()));
        Assert.Equal(3, units["any"].GetProperty("inputs").GetInt32());
        Assert.Equal(("untestable", "its fuzzer found no input: no such fuzzer"), (units["none"].GetProperty("status").GetString(), units["none"].GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task What_a_fuzz_test_of_Go_writes_is_run_as_its_seed_on_both()
    {
        // Does what a test binary of Go 1.19 did that was built with -fuzz: a failing input goes to testdata in Go's own format, and seeds there are run.
        const string go = """
            #!/bin/sh
            seeds=testdata/fuzz/FuzzParse
            case "$*" in
              *-test.fuzz*) mkdir -p $seeds; printf 'go test fuzz v1\n[]byte("n:000000000")\n' >$seeds/f3f75a8e; echo FAIL; exit 1 ;;
              "-test.run ^FuzzParse$") if [ HEAD = yes ] && grep -q 'n:0\{9\}' $seeds/* 2>/dev/null; then echo 'panic: runtime error: index out of range [8] with length 8' >&2; exit 2; fi; echo PASS ;;
            esac
            """;
        _repository.Write("copy.in", go.Replace("HEAD", "no", StringComparison.Ordinal)).Commit("Names");
        _repository.Write("copy.in", go.Replace("HEAD", "yes", StringComparison.Ordinal)).Commit("Take names of 16 letters");
        foreach (var file in new[] { "parse.sh", "parse.fuzz" })
        {
            Write(file, await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Trials", "Go", file), TestContext.Current.CancellationToken));
        }

        var (run, report) = await TrialAsync();
        Assert.Equal((1, ""), (run.Exit, run.Error));
        var difference = Assert.Single(report.GetProperty("units")[0].GetProperty("kinds").GetProperty("programs").GetProperty("differences").EnumerateArray());
        Assert.Equal("INPUT=.inputs/f3f75a8e", difference.GetProperty("input").GetString());
    }

    [Fact]
    public async Task A_program_reaches_no_file_of_the_machine_and_no_network()
    {
        Write("reach.args", "reach\n");
        // What stands in the place of its folder then is no file that it left.
        Write("leave.args", "leave\n");
        var (run, report) = await TrialAsync();
        Assert.All(report.GetProperty("units").EnumerateArray(), unit => Assert.Equal("same", unit.GetProperty("kinds").GetProperty("programs").GetProperty("status").GetString()));
        Assert.Equal(0, run.Exit);
        Assert.False(File.Exists("/etc/reached"));
    }

    [Fact]
    public async Task What_runs_ends_with_the_command_even_where_that_is_killed()
    {
        // Code under trial can write to a pipe of the machine, though to no file; the pipe ends when it does.
        var pipe = Path.Combine(AppContext.BaseDirectory, $"alive-{Guid.NewGuid():N}");
        using (var make = Process.Start("mkfifo", pipe))
        {
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        try
        {
            Write("wait.sh", $"exec >{pipe}; echo begun; exec sleep 600");
            using var reader = Process.Start(new ProcessStartInfo("cat", [pipe]) { RedirectStandardOutput = true, UseShellExecute = false })!;
            using var command = CliProcess.Start(_repository.Folder, "trial", "--base", "HEAD~1", "--run", "true", "--scenarios", _scenarios, "--jobs", "1", "--patience", "600");
            Assert.Equal("begun", await reader.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
            command.Kill();
            Assert.Equal("", await reader.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        }
        finally
        {
            File.Delete(pipe);
        }
    }

    [Fact]
    public async Task What_does_not_build_or_can_not_be_run_is_one_sentence()
    {
        Write("copy.args", "a\n");
        var failed = await CliRun.InAsync(_repository.Folder, "trial", "--base", "HEAD~1", "--build", "echo error: no flour >&2; false", "--run", "./copy", "--scenarios", _scenarios);
        Assert.Equal((65, "airworthy: the base "), (failed.Exit, failed.Error[..20]));
        Assert.Contains("does not build by 'echo error: no flour >&2; false': error: no flour", failed.Error, StringComparison.Ordinal);
        var (gone, report) = await TrialAsync("--run", "./gone");
        Assert.Equal(2, gone.Exit);
        Assert.Equal("untestable", report.GetProperty("units")[0].GetProperty("kinds").GetProperty("programs").GetProperty("status").GetString());
    }

    private async Task<(CliRun Run, JsonElement Report)> TrialAsync(params string[] more)
    {
        string[] command = more.Contains("--run", StringComparer.Ordinal) ? [] : ["--run", "./copy"];
        var run = await CliRun.InAsync(
            _repository.Folder, ["trial", "--base", "HEAD~1", "--build", "cp copy.in copy && chmod +x copy", "--scenarios", _scenarios, "--budget", "10m", "--format", "json", .. command, .. more]);
        Assert.True(run.Out.Length > 0, run.Error);
        return (run, JsonDocument.Parse(run.Out).RootElement.Clone());
    }

    private void Write(string name, string text)
    {
        var file = Path.Combine(_scenarios, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
