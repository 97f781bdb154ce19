using System.Globalization;

namespace Airworthy.Probes.Build.Choosing;

/// <summary>The name the C# compiler gives a lambda (<c>&lt;Split&gt;b__0_1</c>) or a local function (<c>&lt;Split&gt;g__Round|0_0</c>).</summary>
/// <param name="Member">The member it stands in.</param>
/// <param name="Part"><c>lambda</c>, or the local function's name.</param>
/// <param name="Group">The compiler's number of the member, which tells overloads apart within one build; -1 when there is none.</param>
/// <param name="Number">The compiler's number of the part, in the order of the source.</param>
internal sealed record GeneratedName(string Member, string Part, int Group, int Number)
{
    /// <summary>How the class begins that holds what a lambda captures.</summary>
    public const string Closure = "<>c__DisplayClass";

    /// <summary>Null when a person gave the name.</summary>
    /// <param name="name">The method's name.</param>
    /// <param name="type">The name of the type it is declared in, which may hold the member's number in its place.</param>
    public static GeneratedName? Read(string name, string type)
    {
        if (!name.StartsWith('<'))
        {
            return null;
        }

        var lambda = name.LastIndexOf(">b__", StringComparison.Ordinal);
        var local = name.LastIndexOf(">g__", StringComparison.Ordinal);
        if (Math.Max(lambda, local) < 0)
        {
            return null;
        }

        var end = Math.Max(lambda, local);
        var written = name[(end + 4)..];
        var bar = lambda > local ? -1 : written.LastIndexOf('|');
        var numbers = Numbers(written[(bar + 1)..]);
        return new GeneratedName(
            name[1..end], lambda > local ? "lambda" : bar < 0 ? written : written[..bar], numbers.Length > 1 ? numbers[0] : GroupOf(type), numbers.Length > 0 ? numbers[^1] : 0);
    }

    /// <summary>The number of the member whose captured variables a class holds; -1 for any other class.</summary>
    public static int GroupOf(string type) =>
        type.StartsWith(Closure, StringComparison.Ordinal) && Numbers(type[Closure.Length..].Split('`')[0]) is [var group, ..] ? group : -1;

    private static int[] Numbers(string text) =>
        [.. text.Split('_').TakeWhile(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)).Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
}
