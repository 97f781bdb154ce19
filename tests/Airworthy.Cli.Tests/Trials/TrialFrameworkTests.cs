using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests.Trials;

/// <summary><c>airworthy trial</c> of changes of what a project is for, with real builds in the real sandbox.</summary>
public sealed class TrialFrameworkTests : IDisposable
{
    private readonly RepositoryBuilder _repository = new();

    [Theory]
    [InlineData("netstandard2.0", "net10.0")]
    [InlineData("net8.0", "net10.0")]
    [InlineData("net10.0", "netstandard2.0")]
    [InlineData("netstandard2.0;net8.0", "netstandard2.0;net10.0")]
    public async Task Another_framework_at_the_head_is_told_and_compared(string before, string after)
    {
        var run = await TryAsync(Project(before), "cents >= 5000 ? 0 : 250", Project(after), "cents > 5000 ? 0 : 250");
        Assert.True(run.Exit == 1, run.Out + run.Error);
        Assert.Contains($"Pay.csproj is tried as {before.Split(';')[^1]} at the base and {after.Split(';')[^1]} at the head", run.Out, StringComparison.Ordinal);
        Assert.Contains("Fees.Of(5000)", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("net10.0;netstandard2.0", "netstandard2.0")]
    [InlineData("netstandard2.0", "netstandard2.0;net10.0")]
    [InlineData("net8.0", "net8.0;net10.0")]
    public async Task The_framework_that_both_sides_are_for_is_the_one_that_is_tried(string before, string after)
    {
        // By framework the fee would differ; the change itself moves one boundary.
        const string fee = "\n#if NET10_0\n 1\n#else\n 2\n#endif\n";
        var run = await TryAsync(Project(before), $"cents >= 5000 ? 0 : {fee}", Project(after), $"cents > 5000 ? 0 : {fee}");
        Assert.True(run.Exit == 1, run.Out + run.Error);
        Assert.Contains("Fees.Of(5000)", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("is tried as", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("net48", "net10.0", "at the base it is for net48, which does not run here")]
    [InlineData("net10.0", "net48", "it is for net48, which does not run here")]
    [InlineData("net10.0", "net99.0", "it is for net99.0, which does not run here")]
    [InlineData("net10.0", "", "it names no TargetFramework, as projects of the .NET SDK do")]
    public async Task A_framework_that_does_not_run_here_is_no_evidence_and_told_in_one_sentence(string before, string after, string reason)
    {
        var run = await TryAsync(Project(before), "cents >= 5000 ? 0 : 250", Project(after), "cents > 5000 ? 0 : 250");
        Assert.True(run.Exit == 2, run.Out + run.Error);
        Assert.Contains(reason, run.Out, StringComparison.Ordinal);
    }

    private Task<CliRun> TryAsync(string projectBefore, string before, string projectAfter, string after)
    {
        _repository.Write("Pay.csproj", projectBefore).Write("Pay.cs", TriedRepository.Fees(before)).Commit("Fees");
        _repository.Write("Pay.csproj", projectAfter).Write("Pay.cs", TriedRepository.Fees(after)).Commit("Tidy up");
        return CliRun.InAsync(_repository.Folder, "trial", "--base", "HEAD^", "--budget", "5m", "--inputs", "1000", "--kinds", "differential");
    }

    private static string Project(string frameworks) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><LangVersion>latest</LangVersion><TargetFramework{(frameworks.Contains(';', StringComparison.Ordinal) ? "s" : "")}>{frameworks}</TargetFramework{(frameworks.Contains(';', StringComparison.Ordinal) ? "s" : "")}></PropertyGroup>
        </Project>
        """;

    public void Dispose() => _repository.Dispose();
}
