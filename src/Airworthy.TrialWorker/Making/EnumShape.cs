using System.Globalization;
using System.Text.Json;
using Airworthy.Replay;

namespace Airworthy.TrialWorker.Making;

/// <summary>An enumeration's values by their numbers, which both sides share though their types differ.</summary>
internal sealed class EnumShape : Shape
{
    private readonly Type _base;
    private readonly object[] _numbers;
    private readonly bool _isFlags;

    public EnumShape(Type head, Type @base)
        : base(head)
    {
        _base = @base;
        var number = Enum.GetUnderlyingType(head);
        _numbers = [.. Enum.GetValuesAsUnderlyingType(head).Cast<object>().Distinct()];
        if (_numbers.Length == 0)
        {
            _numbers = [Convert.ChangeType(0, number, CultureInfo.InvariantCulture)];
        }

        _isFlags = head.IsDefined(typeof(FlagsAttribute), inherit: false);
    }

    public override bool IsMutable => false;

    public override Recipe Make(Chance chance, int size)
    {
        var number = chance.Of(_numbers);
        if (_isFlags && chance.OneIn(3))
        {
            number = Or(number, chance.Of(_numbers));
        }

        return new Recipe(this, 0, number, []);
    }

    public override Recipe? Recorded(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && Enum.TryParse(Type, value.GetString(), out var known) ? new Recipe(this, 0, Convert.ChangeType(known, Enum.GetUnderlyingType(Type), CultureInfo.InvariantCulture), []) : null;

    public override object? Build(Recipe recipe, Side side) => Enum.ToObject(side == Side.Head ? Type : _base, recipe.Value!);

    public override string Code(Recipe recipe) => ValueCode.Of(Enum.ToObject(Type, recipe.Value!)) is var code && code.Contains(", ", StringComparison.Ordinal)
        ? $"({CSharpType.Of(Type)})({recipe.Value})" : code;

    public override IEnumerable<Recipe> Simpler(Recipe recipe) => _numbers.TakeWhile(number => !number.Equals(recipe.Value)).Take(4).Select(number => new Recipe(this, 0, number, []));

    public override Shape Part(int choice, int index) => throw new InvalidDataException("an enumeration has no parts");

    private static object Or(object left, object right) => left switch
    {
        int one => one | (int)right,
        uint one => one | (uint)right,
        long one => one | (long)right,
        ulong one => one | (ulong)right,
        byte one => (byte)(one | (byte)right),
        short one => (short)(one | (short)right),
        ushort one => (ushort)(one | (ushort)right),
        sbyte one => (sbyte)(one | (sbyte)right),
        _ => left,
    };
}
