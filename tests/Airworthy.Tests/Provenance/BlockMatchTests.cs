using System.Collections.Immutable;
using Airworthy.Provenance.Carrying;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Provenance;

public class BlockMatchTests
{
    [Fact]
    public void A_brace_goes_with_its_block() => Assert.Equal("0:0 0:1 1:0 1:1", Find(["a } b }", "c }"], "a } c }"));

    [Fact]
    public void A_lone_brace_comes_from_nowhere() => Assert.Equal("- 0:0", Find(["a }"], "} a"));

    [Fact]
    public void Of_equal_blocks_the_later_source_counts() => Assert.Equal("1:0", Find(["a", "a"], "a"));

    [Fact]
    public void The_longest_block_comes_first() => Assert.Equal("0:0 0:1 0:2", Find(["a b c", "b"], "a b c"));

    [Fact]
    public void Blocks_of_one_source_never_cross() => Assert.Equal("0:2 0:3 -", Find(["x a b c"], "b c x"));

    [Fact]
    public void Each_line_is_used_once() => Assert.Equal("0:0 -", Find(["a"], "a a"));

    [Fact]
    public void Whatever_the_texts_every_line_found_is_equal_used_once_and_in_order() =>
        Gen.Select(Gen.OneOf("a", "b", "c", "}", "").Array[0, 12].Array[0, 4], Gen.OneOf("a", "b", "c", "}", "").Array[0, 20]).Sample((sources, target) =>
        {
            var texts = sources.Select(source => source.ToImmutableArray()).ToList();
            var found = BlockMatch.Find(texts, [.. target]);

            var used = new HashSet<(int, int)>();
            var last = texts.ConvertAll(_ => -1);
            for (var i = 0; i < target.Length; i++)
            {
                if (found[i] is var (source, line))
                {
                    Assert.Equal(target[i], texts[source][line]);
                    Assert.True(used.Add((source, line)));
                    Assert.True(line > last[source]);
                    last[source] = line;
                }
            }

            // A text that stands in a source as a whole is found as a whole.
            if (texts.Exists(text => text.SequenceEqual(target)) && target.Any(BlockMatch.IsTelling))
            {
                Assert.DoesNotContain(null, found);
            }
        });

    private static string Find(string[] sources, string target) => string.Join(
        ' ',
        BlockMatch.Find([.. sources.Select(source => source.Split(' ').ToImmutableArray())], [.. target.Split(' ')])
            .Select(found => found is var (source, line) ? $"{source}:{line}" : "-"));
}
