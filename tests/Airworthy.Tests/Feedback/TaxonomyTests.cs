using Airworthy.Feedback;
using Airworthy.Model;
using Xunit;

namespace Airworthy.Tests.Feedback;

public class TaxonomyTests
{
    [Fact]
    public void The_published_classes_of_failure_are_those_that_lessons_are_drafted_of()
    {
        var published = File.ReadLines(Path.Combine(Root(), "docs", "teach-the-agents.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal) && line.Count(c => c == '|') == 4)
            .Select(line => line.Split('|'))
            .Select(cells => (Name: cells[1].Trim().Trim('`'), Guard: cells[3].Trim()))
            .Where(row => row.Guard is "test" or "analyzer" or "alert")
            .ToList();

        Assert.Equal(FailureClasses.All.Select(failure => failure.Name).Distinct(StringComparer.Ordinal), published.Select(row => row.Name));
        Assert.All(published, row => Assert.Equal(
            row.Guard,
            FailureClasses.All.First(failure => failure.Name == row.Name).GuardKind switch { GuardKind.Analyzer => "analyzer", GuardKind.Alert => "alert", _ => "test" }));
    }

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
