using Airworthy.Model;
using Airworthy.Verification;
using Airworthy.Verification.Coverage;
using Airworthy.Verification.Mutation;
using Xunit;

namespace Airworthy.Tests.Verification;

/// <summary>Reports as real producers wrote them, each of a division whose guard no test reached; <c>Reports/make-reports</c> makes them anew.</summary>
public class ProducerReportTests
{
    [Theory]
    [InlineData("coverlet.cobertura.xml", "cobertura", "src/Lib/Calc.cs", 7, 9, 12, true)]
    [InlineData("coverlet.opencover.xml", "opencover", "src/Lib/Calc.cs", 7, 9, 12, true)]
    [InlineData("coverlet.info", "lcov", "src/Lib/Calc.cs", 7, 9, 12, true)]
    [InlineData("microsoft.cobertura.xml", "cobertura", "src/Lib/Calc.cs", 7, 9, 12, true)]
    [InlineData("geninfo.info", "lcov", "src/calc.c", 3, 5, 8, true)]
    [InlineData("gcovr.cobertura.xml", "cobertura", "src/calc.c", 3, 5, 8, true)]
    [InlineData("llvm-cov.json", "llvm", "src/calc.c", 3, 5, 8, true)]
    [InlineData("go.out", "go", "calc/calc.go", 3, 4, 8, false)]
    [InlineData("jacoco.xml", "jacoco", "src/main/java/shop/Calc.java", 5, 6, 9, true)]
    [InlineData("istanbul.clover.xml", "clover", "src/calc.js", 2, 3, 6, false)]
    [InlineData("istanbul.cobertura.xml", "cobertura", "src/calc.js", 2, 3, 6, false)]
    [InlineData("c8.info", "lcov", "src/calc.js", 2, 3, 6, false)]
    [InlineData("coverage-py.cobertura.xml", "cobertura", "shop/calc.py", 2, 3, 5, true)]
    public void Each_producer_s_report_says_that_the_guard_was_asked_and_its_body_did_not_run(
        string report, string format, string path, int guard, int body, int last, bool tellsBranches)
    {
        var file = new RepoPath(path);
        var reading = new CoverageReading([file, new RepoPath("README.md")], [file], workTree: null);

        reading.Add(Real(report));

        Assert.Equal(format, Assert.Single(reading.Reports).Format);
        Assert.Equal(
            [(guard, true), (body, false), (last, true)],
            reading.Files[file].On([guard, body, last]).Select(statement => (statement.Span.StartLine, statement.Ran)));
        if (tellsBranches)
        {
            Assert.Equal((2, 1), reading.Files[file].BranchesOn(new HashSet<int> { guard }));
        }
    }

    [Theory]
    [InlineData("stryker-net.json", "mutation-testing-elements", "src/Lib/Calc.cs", 12, 1)]
    [InlineData("stryker-js.json", "mutation-testing-elements", "src/calc.js", 6, 1)]
    [InlineData("pit.xml", "pit", "src/main/java/shop/Calc.java", 9, 2)]
    public void A_mutation_tester_s_report_says_which_mutants_the_tests_noticed(string report, string format, string path, int last, int ofLast)
    {
        var file = new RepoPath(path);
        var reading = new MutationReading([file, new RepoPath("README.md")], [file], workTree: null);

        reading.Add(Real(report));

        Assert.Equal(format, Assert.Single(reading.Reports).Format);
        Assert.Equal((ofLast, ofLast), reading.On(file, new HashSet<int> { last }));
        var (all, noticed) = reading.On(file, Enumerable.Range(1, 20).ToHashSet());
        Assert.True(noticed > 0 && noticed < all, $"{noticed} of {all}");
    }

    [Fact]
    public void What_a_producer_writes_behind_all_its_data_is_not_needed_to_know_its_report()
    {
        var calc = new RepoPath("src/calc.c");
        var coverage = new CoverageReading([calc], [calc], workTree: null);
        var mutation = new MutationReading([calc], [calc], workTree: null);
        var filler = string.Concat(Enumerable.Range(0, 2_000).Select(i => $"[{i + 1},1,1,true,true,false],"));
        using var folder = new ReportFolder();

        coverage.Add(folder.Write("l.json", $$$"""{"data":[{"files":[{"filename":"src/calc.c","segments":[{{{filler}}}[9000,1,0,false,false,false]]}]}],"type":"llvm.coverage.json.export"}"""));
        mutation.Add(folder.Write("m.json", $$$"""{"files":{"src/calc.c":{"language":"c","source":"{{{new string('x', 5_000)}}}","mutants":[]}},"schemaVersion":"1.0"}"""));

        Assert.NotEmpty(coverage.Files[calc].On([7]));
        Assert.Equal("mutation-testing-elements", Assert.Single(mutation.Reports).Format);
        Assert.Contains(
            "another type", Assert.Throws<EvidenceException>(() => coverage.Add(folder.Write("o.json", "{\"data\":[{\"files\":[]}],\"type\":\"other\"}"))).Message, StringComparison.Ordinal);
    }

    private static ReportFile Real(string name) => new(Path.Combine(AppContext.BaseDirectory, "Verification", "Reports", name), name);
}
