using Airworthy.Provenance;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Provenance;

public class PromptPatternTests
{
    [Theory]
    [InlineData("fix the login", "no file named", "no tests asked for", "request under 200 characters")]
    [InlineData("fix `src/Login.cs`, and add tests", "files named", "tests asked for", "request under 200 characters")]
    [InlineData("the latest version 1.2.3, e.g. today. Done.", "no file named", "no tests asked for", "request under 200 characters")]
    public void A_request_is_told_by_its_form_alone(string text, string files, string tests, string size) =>
        Assert.Equal([files, tests, size], PromptPattern.Of([new Prompt("refs/notes/ai", Agent: null, text, At: null)]));

    [Fact]
    public void The_prompts_of_a_commit_count_together()
    {
        var first = new Prompt("refs/notes/ai", Agent: null, new string('a', 900), At: null);
        var second = first with { Text = "now test it " + new string('b', 100) };

        Assert.Equal(["no file named", "tests asked for", "request of 1,000 characters or more"], PromptPattern.Of([first, second]));
        Assert.Empty(PromptPattern.Of([]));
    }

    [Fact]
    public void No_text_breaks_it_or_is_repeated() => Gen.String.Array[1, 5].Sample(texts =>
        PromptPattern.Of([.. texts.Select(text => new Prompt("x", Agent: null, text, At: null))]) is { Length: 3 } patterns && patterns.All(pattern => pattern.Length < 60));
}
