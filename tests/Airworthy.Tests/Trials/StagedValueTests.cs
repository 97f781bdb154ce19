using Airworthy.Trials.Running;
using Xunit;

namespace Airworthy.Tests.Trials;

/// <summary>A value that code asks for piece by piece: each piece found is news, and the next is thousands of inputs away.</summary>
public sealed class StagedValueTests
{
    private const string Code = """
        namespace Code;
        public static class Frames
        {
            public static string Kind(byte[] bytes)
            {
                if (bytes.Length > 4 && bytes[0] == 0xCA)
                {
                    if (bytes[1] == 0xFE)
                    {
                        if (bytes[2] == 0x7B)
                        {
                            if (bytes[3] == 0x03)
                            {
                                if (bytes[4] == 0x91)
                                {
                                    return "found";
                                }
                            }
                        }
                    }
                }

                return "none";
            }
        }
        """;

    [Fact]
    public async Task Five_bytes_are_found_within_a_hundred_thousand_inputs()
    {
        using var sides = new TwoSides { Kinds = ["differential"] };
        var results = await sides.TryAsync(Code, Code.Replace("\"found\"", "\"lost\"", StringComparison.Ordinal), 100_000, TestContext.Current.CancellationToken);

        var difference = Assert.Single(Assert.Single(results).Differences);
        Assert.Equal((DifferenceKind.Value, "\"found\"", "\"lost\""), (difference.Kind, difference.Base, difference.Head));
    }
}
