using Airworthy.Model;
using Xunit;

namespace Airworthy.Tests.Model;

public class WordsTests
{
    [Theory]
    [InlineData("line 7", 7)]
    [InlineData("lines 7–8", 7, 8)]
    [InlineData("lines 7, 9–12", 7, 9, 10, 11, 12)]
    [InlineData("lines 1, 3, 5, 7 and 2 more", 1, 3, 5, 7, 9, 11, 12)]
    public void Lines_are_told_by_their_spans(string words, params int[] lines) => Assert.Equal(words, Words.Lines(lines));
}
