using System.Globalization;
using System.Text.Json;
using Airworthy.Replay;

namespace Airworthy.TrialWorker.Making;

/// <summary>Values of the framework that both sides share and nobody can change: numbers, texts, times.</summary>
/// <param name="type">Their type.</param>
/// <param name="draw">Draws one.</param>
/// <param name="simpler">Simpler ones.</param>
internal sealed class ScalarShape(Type type, Func<Chance, int, object> draw, Func<object, IEnumerable<object>> simpler) : Shape(type)
{
    /// <summary>What parts fields, the coarsest first.</summary>
    private static readonly char[] s_separators = ['\n', ';', '\t', ' ', ',', '|', '/', '&', ':', '-', '.'];

    public override bool IsMutable => false;

    public override Recipe Make(Chance chance, int size) => new(this, 0, draw(chance, size), []);

    public override Recipe? Recorded(JsonElement value)
    {
        try
        {
            return new ValueReader(DateTimeOffset.UnixEpoch).Read(value, Type, Type.Name) is { } read ? new Recipe(this, 0, read, []) : null;
        }
        catch (NotReplayableException)
        {
            return null;
        }
    }

    public override object? Build(Recipe recipe, Side side) => recipe.Value;

    public override string Code(Recipe recipe) => recipe.Value switch
    {
        char c when c is >= ' ' and <= '~' and not '\'' and not '\\' => $"'{c}'",
        var value => ValueCode.Of(value),
    };

    public override IEnumerable<Recipe> Simpler(Recipe recipe) =>
        simpler(recipe.Value!).Where(value => !value.Equals(recipe.Value) || (value is DateTime time && time.Kind != ((DateTime)recipe.Value!).Kind)).Select(value => new Recipe(this, 0, value, []));

    public override Recipe Vary(Recipe recipe, Chance chance, int size) => recipe.Value switch
    {
        string text => new Recipe(this, 0, VaryText(text, chance, size), []),
        int number when !chance.OneIn(3) => new Recipe(this, 0, unchecked(number + chance.Below(5) - 2), []),
        long number when !chance.OneIn(3) => new Recipe(this, 0, unchecked(number + chance.Below(5) - 2), []),
        _ => Make(chance, size),
    };

    public override double Oddness(Recipe recipe) => recipe.Value switch
    {
        string text => Math.Min(3, (text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) ? 1.5 : 0) + (text.Any(char.IsSurrogate) ? 0.5 : 0) + (text.Any(c => c > 127) ? 0.25 : 0) + (text.Length > 100 ? 0.5 : 0)),
        int or long or short or sbyte => Math.Abs(Convert.ToDouble(recipe.Value, CultureInfo.InvariantCulture)) is var size && size > 1e9 ? 1.5 : size > 1e6 ? 0.5 : 0,
        double real => double.IsNaN(real) || double.IsInfinity(real) ? 1.5 : Math.Abs(real) > 1e12 ? 0.75 : 0,
        float real => float.IsNaN(real) || float.IsInfinity(real) ? 1.5 : 0,
        DateTime time => time.Year is < 1900 or > 2200 ? 0.75 : 0,
        DateTimeOffset time => time.Year is < 1900 or > 2200 ? 0.75 : 0,
        TimeSpan span => Math.Abs(span.TotalDays) > 100_000 ? 0.75 : 0,
        char c => char.IsControl(c) || char.IsSurrogate(c) ? 1 : c > 127 ? 0.25 : 0,
        _ => 0,
    };

    public override Shape Part(int choice, int index) => throw new InvalidDataException("a scalar has no parts");

    /// <summary>With one of its fields as another text has it: texts in a form of their own (dates, lists, expressions) stay in it.</summary>
    private static string WithOtherField(string text, Chance chance)
    {
        var separator = s_separators.FirstOrDefault(one => text.Contains(one, StringComparison.Ordinal));
        if (separator == default)
        {
            return chance.Of(chance.Texts);
        }

        var fields = text.Split(separator);
        fields[chance.Below(fields.Length)] = chance.Of(chance.Of(chance.Texts).Split(separator));
        return string.Join(separator, fields);
    }

    private static string VaryText(string text, Chance chance, int size)
    {
        if (text.Length == 0 || chance.OneIn(10))
        {
            return chance.Text(size);
        }

        var at = chance.Below(text.Length);
        return chance.Below(9) switch
        {
            7 or 8 when chance.Texts.Count > 0 => WithOtherField(text, chance),
            0 => text.Remove(at, 1),
            1 => text.Insert(at, chance.Character().ToString()),
            2 => text[..at] + chance.Character() + text[(at + 1)..],
            3 => text + chance.Character(),
            4 when chance.Texts.Count > 0 => text.Insert(at, chance.Of(chance.Texts)),
            5 when text.Length < 200 => text + text[at..],
            _ => text[..at] + chance.Character() + text[(at + 1)..],
        };
    }
}
