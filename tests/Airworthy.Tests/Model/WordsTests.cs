using Airworthy.Model;
using Xunit;

namespace Airworthy.Tests.Model;

public class WordsTests
{
    [Theory]
    [InlineData(RevisionSource.ServiceVersion, "service version")]
    [InlineData(RevisionSource.GitCommitSha, "git commit sha")]
    [InlineData(RevisionSource.Tag, "tag")]
    public void A_value_is_told_in_words(RevisionSource source, string expected) => Assert.Equal(expected, Words.Of(source));

    [Theory]
    [InlineData(0, "0 episodes")]
    [InlineData(1, "1 episode")]
    [InlineData(1234, "1,234 episodes")]
    public void One_is_singular(long count, string expected) => Assert.Equal(expected, Words.Count(count, "episode"));
}
