using System.Text.Json;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests.Trials;

/// <summary>A repository with a change and tests, tried once, with all that can be asked, for all the tests that look at it.</summary>
public sealed class TriedRepository : IAsyncLifetime
{
    internal const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable></PropertyGroup>
        </Project>
        """;

    internal const string TestProject = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable></PropertyGroup>
          <ItemGroup>
            <PackageReference Include="xunit.v3.assert" Version="4.0.2" />
            <PackageReference Include="xunit.v3.extensibility.core" Version="4.0.2" />
            <ProjectReference Include="../../src/Pay/Pay.csproj" />
          </ItemGroup>
        </Project>
        """;

    internal const string Tests = """
        public class FeesTests
        {
            [Xunit.Theory, Xunit.InlineData(4999, 250), Xunit.InlineData(5001, 0)]
            public void Of(int cents, int fee) => Xunit.Assert.Equal(fee, Pay.Fees.Of(cents));
        }
        """;

    private const string Policy = """
        version: 1
        evidence:
          - name: mutated
            require: [mutation-score: 0.7]
        """;

    private readonly RepositoryBuilder _repository = new();

    internal CliRun Run { get; private set; } = null!;

    internal JsonElement Answer { get; private set; }

    internal string Folder => _repository.Folder;

    public async ValueTask InitializeAsync()
    {
        _repository.Write("airworthy.yml", Policy).Write("src/Pay/Pay.csproj", Project).Write("tests/Pay.Tests/Pay.Tests.csproj", TestProject).Write("tests/Pay.Tests/FeesTests.cs", Tests)
            .Write("src/Pay/Pay.cs", Fees("cents >= 5000 ? 0 : 250")).Commit("Fees");
        _repository.Write("src/Pay/Pay.cs", Fees("cents > 5000 ? 0 : 250")).Commit("Tidy up");
        Run = await CliRun.InAsync(
            _repository.Folder, "trial", "--base", "HEAD^", "--budget", "5m", "--inputs", "5000", "--kinds", "differential,mutation", "--format", "json", "--write-tests", "kept", "--mutation-report", "mutants.json");
        using var answer = JsonDocument.Parse(Run.Out);
        Answer = answer.RootElement.Clone();
    }

    public ValueTask DisposeAsync()
    {
        _repository.Dispose();
        return ValueTask.CompletedTask;
    }

    internal static string Fees(string of) => $"namespace Pay;\npublic static class Fees\n{{\n    public static int Of(int cents) => {of};\n}}\n";
}
