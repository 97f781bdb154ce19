using System.CommandLine;
using System.Diagnostics;
using System.Text;
using Xunit;

namespace Airworthy.Cli.Tests;

public class CommandLineTests
{
    private static readonly string s_airworthy = Path.Combine(AppContext.BaseDirectory, "Airworthy.Cli");

    /// <summary>Every verb and every verb below one, as it is typed.</summary>
    public static TheoryData<string> Verbs => [.. Lines(CommandLine.Root(Terminal())).Select(words => string.Join(' ', words))];

    [Fact]
    public async Task An_unknown_verb_is_a_usage_error_in_one_sentence()
    {
        var (exit, _, error) = await RunAsync("nonsense");

        Assert.Equal(ExitCode.Usage, exit);
        Assert.Contains("nonsense", error, StringComparison.Ordinal);
        Assert.Contains("see 'airworthy --help'", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_verb_at_all_is_a_usage_error() => Assert.Equal(ExitCode.Usage, (await RunAsync()).Exit);

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task An_unknown_option_of_any_verb_is_a_usage_error_that_names_the_help(string verb)
    {
        var (exit, answer, error) = await RunAsync([.. verb.Split(' '), "--no-such-option"]);

        Assert.Equal(ExitCode.Usage, exit);
        Assert.Empty(answer);
        Assert.Contains($"see 'airworthy {verb} --help'", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_with_a_dash_is_taken_behind_two_dashes()
    {
        var (_, _, error) = await RunAsync("init", "--", "-no-such-folder");

        Assert.DoesNotContain("Unrecognized", error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Every_verb_tells_its_use_with_examples(string verb)
    {
        var (exit, answer, error) = await RunAsync([.. verb.Split(' '), "--help"]);

        Assert.Equal(ExitCode.Yes, exit);
        Assert.Empty(error);
        Assert.Contains($"airworthy {verb}", answer, StringComparison.Ordinal);
        Assert.Equal(1, Occurrences(answer, "Examples:"));
    }

    [Fact]
    public async Task The_command_calls_itself_by_its_name_and_lists_each_verb_in_a_line()
    {
        var (exit, answer, _) = await RunAsync("--help");

        Assert.Equal(ExitCode.Yes, exit);
        Assert.Contains("airworthy [command] [options]", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Airworthy.Cli", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Examples:", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_one_line()
    {
        var (exit, answer, _) = await RunAsync("--version");

        Assert.Equal(ExitCode.Yes, exit);
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\n$", answer.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task The_codes_are_those_that_are_documented()
    {
        var table = await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "exit-codes.md"), TestContext.Current.CancellationToken);

        Assert.All(
            typeof(ExitCode).GetFields().Where(field => field.IsLiteral),
            code => Assert.Contains($"| {code.GetRawConstantValue()} |", table, StringComparison.Ordinal));
        Assert.All(
            Enum.GetValues<Model.Fault>(), fault => Assert.Contains((int)fault, typeof(ExitCode).GetFields().Where(field => field.IsLiteral).Select(field => field.GetRawConstantValue())));
    }

    [Fact]
    public async Task An_answer_that_nobody_reads_ends_without_a_word()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "pipes there report otherwise");

        using var command = Process.Start(new ProcessStartInfo(s_airworthy, ["--help"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        command.StandardOutput.Close();
        var error = await command.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await command.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.ClosedPipe, command.ExitCode);
        Assert.Empty(error);
    }

    [Fact]
    public async Task Answers_of_two_commands_follow_each_other_in_a_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no sh");

        var file = Path.GetTempFileName();
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", "{ \"$0\" --version; \"$0\" --version; } > \"$1\"", s_airworthy, file]) { UseShellExecute = false })!;
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)).Length);
        File.Delete(file);
    }

    [Fact]
    public async Task A_full_disk_is_told_in_one_sentence()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no device that is always full");

        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$0\" --help > /dev/full", s_airworthy])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var error = await shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Unavailable, shell.ExitCode);
        Assert.Matches("^airworthy: .*\n$", error);
    }

    private static async Task<(int Exit, string Answer, string Error)> RunAsync(params string[] args)
    {
        using var answer = new MemoryStream();
        using var error = new StringWriter();
        var exit = await CommandLine.RunAsync(args, Terminal(answer, error));
        return (exit, Encoding.UTF8.GetString(answer.ToArray()), error.ToString());
    }

    private static Terminal Terminal(Stream? answer = null, TextWriter? error = null) =>
        new(Stream.Null, answer ?? Stream.Null, error ?? TextWriter.Null, Path.GetTempPath(), true, true);

    private static IEnumerable<string[]> Lines(Command command) =>
        command.Subcommands.SelectMany(verb => verb.Subcommands.Count == 0 ? [[verb.Name]] : Lines(verb).Select(words => (string[])[verb.Name, .. words]));

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Airworthy.slnx")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
