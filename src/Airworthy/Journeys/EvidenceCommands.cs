using Airworthy.Model;
using Airworthy.Policies;

namespace Airworthy.Journeys;

/// <summary>The shortest way to a piece of evidence: the command that makes a report of it, by language.</summary>
public static class EvidenceCommands
{
    /// <summary>What to run or do to get <paramref name="kind"/> for a file.</summary>
    public static string For(EvidenceKind kind, RepoPath path) => kind.Name switch
    {
        "statement-coverage" or "branch-coverage" => Coverage(GateLanguage.Of(path)),
        "mutation-score" => Mutation(GateLanguage.Of(path)),
        "workflow-replay" => "airworthy replay --base … --head … --evidence replay.json; airworthy gate … --evidence replay.json",
        "human-review" => "ask the owner for a review; airworthy gate … --reviews github",
        "observability" => "start a span, log, or count in the function; see 'airworthy probes gaps'",
        "behind-flag" => "ask a feature flag around the changed lines; see 'flags:' in docs/write-a-policy.md",
        "model-name" => "record the model with the commit; see 'airworthy hooks install'",
        _ => $"have a {kind.Name} write an evidence file; airworthy gate … --evidence FILE",
    };

    private static string Coverage(string language) => language switch
    {
        "csharp" or "fsharp" or "vb" => "dotnet test --collect:\"XPlat Code Coverage\"; airworthy gate … --coverage '**/coverage.cobertura.xml'",
        "java" or "kotlin" or "scala" or "groovy" => "mvn verify with the jacoco plugin; airworthy gate … --coverage '**/jacoco.xml'",
        "python" => "coverage run -m pytest && coverage xml; airworthy gate … --coverage coverage.xml",
        "go" => "go test ./... -coverprofile=cover.out; airworthy gate … --coverage cover.out",
        "rust" => "cargo llvm-cov --lcov --output-path lcov.info; airworthy gate … --coverage lcov.info",
        "javascript" or "typescript" or "vue" or "svelte" => "npx c8 --reporter=lcov npm test; airworthy gate … --coverage coverage/lcov.info",
        "c" or "cpp" => "build with --coverage, run the tests, lcov -c -d . -o lcov.info; airworthy gate … --coverage lcov.info",
        "php" => "phpunit --coverage-clover clover.xml; airworthy gate … --coverage clover.xml",
        _ => "have the tests write a coverage report; airworthy gate … --coverage FILE",
    };

    private static string Mutation(string language) => language switch
    {
        "csharp" => "airworthy trial --base … --kinds mutation --mutation-report mutants.json; airworthy gate … --mutation mutants.json",
        "javascript" or "typescript" => "npx stryker run --reporters json; airworthy gate … --mutation reports/mutation/mutation.json",
        "java" or "kotlin" => "mvn pitest:mutationCoverage -DoutputFormats=XML; airworthy gate … --mutation '**/mutations.xml'",
        "rust" => "cargo mutants; airworthy gate … --mutation mutants.out/outcomes.json",
        _ => "have a mutation tester write a report; airworthy gate … --mutation FILE",
    };
}
