using System.Text;

namespace Airworthy.Bench.OtlpFuzz;

/// <summary>Breaks a request at some places: bits, lengths, order, pieces of another one, values at the ends of their ranges.</summary>
internal static class Mutation
{
    private static readonly byte[][] s_pieces =
    [
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], [0x80], [0x00], [0x7F], [0x0A], [0xC0, 0x80], [0xED, 0xA0, 0x80],
        .. new[] { "null", "-1", "1e999", "NaN", "\"\"", "[[[[[[[[", "{\"a\":", "\\ud800", "18446744073709551616", "\"stringValue\":", "\"explicitBounds\":[1,1]", "\"bucketCounts\":[\"-1\"]", "\"flags\":-1", "\"scale\":2147483647" }
            .Select(Encoding.UTF8.GetBytes),
    ];

    public static byte[] Of(byte[] request, byte[] other, Random random)
    {
        var bytes = new List<byte>(request);
        for (var left = random.Next(1, 8); left > 0 && bytes.Count > 0; left--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 64), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes.RemoveRange(at, length); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 4: bytes.InsertRange(at, s_pieces[random.Next(s_pieces.Length)]); break;
                case 5: bytes.InsertRange(at, other.Skip(random.Next(other.Length)).Take(length)); break;
                default: bytes.RemoveRange(at, bytes.Count - at); break;
            }
        }

        return [.. bytes];
    }
}
