using System.Globalization;
using System.Text;
using Airworthy.Model;
using Airworthy.Policies;
using Xunit;

namespace Airworthy.Tests.Policies;

public class UnattributedRuleTests
{
    private const string Rules = """
        version: 1
        authorship:
          unattributed: unknown
          rules:
            - paths: ["vendor/**"]
              unattributed: unknown
            - paths: [src/Legacy/, "*.sql"]
              unattributed: human
            - before: 2025-02-24
              unattributed: human
        """;

    [Theory]
    [InlineData("src/Legacy/Old.cs", "2026-01-01T00:00:00Z", AuthorKind.Human)]
    [InlineData("db/schema.sql", "2026-01-01T00:00:00Z", AuthorKind.Human)]
    [InlineData("src/New.cs", "2026-01-01T00:00:00Z", AuthorKind.Unknown)]
    [InlineData("src/New.cs", "2025-02-23T23:59:59Z", AuthorKind.Human)]
    [InlineData("src/New.cs", "2025-02-24T00:00:00Z", AuthorKind.Unknown)]
    [InlineData("src/New.cs", "2025-02-24T01:00:00+02:00", AuthorKind.Human)]
    [InlineData("vendor/lib.c", "2010-01-01T00:00:00Z", AuthorKind.Unknown)]
    [InlineData(null, "2010-01-01T00:00:00Z", AuthorKind.Human)]
    [InlineData(null, "2026-01-01T00:00:00Z", AuthorKind.Unknown)]
    public void The_first_rule_that_holds_decides(string? path, string at, AuthorKind expected) => Assert.Equal(
        expected,
        Read(Rules).UnattributedOf(path is null ? null : new RepoPath(path), DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)));

    [Fact]
    public void Without_rules_the_general_answer_holds() =>
        Assert.Equal(AuthorKind.Human, Read("version: 1\nauthorship: {unattributed: human}").UnattributedOf(new RepoPath("a"), DateTimeOffset.UnixEpoch));

    [Theory]
    [InlineData("version: 1\nauthorship: {rules: [{unattributed: human}]}", 2, 22, "needs 'paths', 'before' or both")]
    [InlineData("version: 1\nauthorship: {rules: [{before: 2025-02-24}]}", 2, 22, "'unattributed' is missing")]
    [InlineData("version: 1\nauthorship: {rules: [{before: 24.2.2025, unattributed: human}]}", 2, 31, "such as 2025-02-24")]
    [InlineData("version: 1\nauthorship: {rules: [{before: 2025-02-30, unattributed: human}]}", 2, 31, "such as 2025-02-24")]
    [InlineData("version: 1\nauthorship: {rules: [{paths: [], unattributed: human}]}", 2, 30, "'paths' must list at least one")]
    [InlineData("version: 1\nauthorship: {rules: [{paths: [\"!x\"], unattributed: human}]}", 2, 31, "can't be negated")]
    [InlineData("version: 1\nauthorship: {rules: [{paths: [x], unattributed: ai}]}", 2, 49, "known are unknown, human")]
    [InlineData("version: 1\nauthorship: {rules: [{path: [x], unattributed: human}]}", 2, 23, "did you mean 'paths'?")]
    [InlineData("version: 1\nauthorship: {rules: human}", 2, 21, "'rules' must be a list")]
    public void What_is_wrong_is_told_with_its_line_and_column(string yaml, int line, int column, string told)
    {
        var wrong = Assert.Throws<PolicyException>(() => Read(yaml));

        Assert.Equal((line, column), (wrong.Line, wrong.Column));
        Assert.Contains(told, wrong.Message, StringComparison.Ordinal);
    }

    private static Policy Read(string yaml) => PolicyReader.Read(Encoding.UTF8.GetBytes(yaml));
}
