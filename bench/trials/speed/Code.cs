using System.Globalization;
namespace Code;

public sealed record Order(string Id, int Count, decimal Price);

public static class Members
{
    public static int Numbers(int a, int b, int c) { return unchecked(a + b + c); }

    public static decimal Record(Order order) { return order.Count % 100 * (order.Price % 1000); }

    public static int Parser(string text) { return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : -1; }

    public static long Collection(List<int> items) { var sum = 0L; foreach (var item in items) { sum += item; } return sum; }

    public static string Magic(byte[] bytes)
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

        return "no";
    }

    public static string Hidden(byte[] bytes)
    {
        if (bytes.Length > 4 && Mixed(bytes[0]) == 17)
        {
            if (Mixed(bytes[1]) == 201)
            {
                if (Mixed(bytes[2]) == 93)
                {
                    if (Mixed(bytes[3]) == 154)
                    {
                        if (Mixed(bytes[4]) == 66)
                        {
                            return "found";
                        }
                    }
                }
            }
        }

        return "no";
    }

    private static int Mixed(int value) { return (value * 167 + 13) & 255; }
}
