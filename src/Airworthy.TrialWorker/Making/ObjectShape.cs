using System.Reflection;
using System.Text.Json;
using Airworthy.Replay;

namespace Airworthy.TrialWorker.Making;

/// <summary>An object, by the ways the code itself offers to make one.</summary>
/// <param name="type">Its type at the head.</param>
internal sealed class ObjectShape(Type type) : Shape(type)
{
    private const int MostDepth = -12;

    /// <summary>Settings that are few enough to be seen together.</summary>
    private const int Few = 4;

    private MakingWay[] _ways = [];

    /// <summary>The ways, the plainest first. Set once: an object's parts may be of its own type.</summary>
    public void Open(IEnumerable<MakingWay> ways) => _ways = [.. ways];

    public override Recipe Make(Chance chance, int size)
    {
        if (_ways.Length == 0 || size < MostDepth)
        {
            throw new NotMakeableException($"a {Type.Name} needs another to be made, without end");
        }

        // The first way is the one with the fewest objects in it: where size is used up it ends.
        var choice = size <= 0 || _ways.Length == 1 ? 0 : chance.OneIn(2) ? 0 : chance.Below(_ways.Length);
        var way = _ways[choice];
        var parts = new Recipe[way.Parameters.Length + way.Setters.Length];
        for (var i = 0; i < way.Parameters.Length; i++)
        {
            parts[i] = way.Parameters[i].Make(chance, size - 1);
        }

        // Of many few as often as most: what two of them do together shows where the others are left alone, too.
        var often = way.Setters.Length > Few ? chance.Below(4) : 3;
        for (var i = 0; i < way.Setters.Length; i++)
        {
            var setting = way.Setters[i].Setting;
            parts[way.Parameters.Length + i] = setting.IsRequired || chance.Below(4) <= often ? setting.Make(chance, size) : setting.Unset();
        }

        return new Recipe(this, choice, null, parts);
    }

    /// <summary>By the first way whose every argument the recording has, by its name, as a field of the object.</summary>
    public override Recipe? Recorded(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("$type", out var type) || type.GetString() != Type.FullName)
        {
            return null;
        }

        var fields = value.EnumerateObject().GroupBy(field => field.Name.TrimStart('_'), StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.First().Value, StringComparer.OrdinalIgnoreCase);
        for (var choice = 0; choice < _ways.Length; choice++)
        {
            var names = (_ways[choice].Member as MethodBase)?.GetParameters().Select(parameter => parameter.Name ?? "").ToArray() ?? [];
            if (names.Length != _ways[choice].Parameters.Length)
            {
                continue;
            }

            var arguments = _ways[choice].Parameters.Select((parameter, i) => fields.TryGetValue(names[i], out var field) ? parameter.Recorded(field) : null);
            var set = _ways[choice].Setters.Select(setter => fields.TryGetValue(setter.Name, out var field) && setter.Shape.Recorded(field) is { } part ? setter.Setting.To(part) : setter.IsRequired ? null : setter.Setting.Unset());
            Recipe?[] parts = [.. arguments, .. set];
            if (Array.TrueForAll(parts, part => part is not null) && (names.Length > 0 || Array.Exists(parts, part => SettingShape.IsSet(part!))))
            {
                return new Recipe(this, choice, null, parts!);
            }
        }

        return null;
    }

    public override object? Build(Recipe recipe, Side side)
    {
        var way = Way(recipe.Choice);
        var arguments = new object?[way.Parameters.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = recipe.Parts[i].Build(side);
        }

        var made = (side == Side.Head ? way.Head : way.Base)(arguments) ?? throw new InvalidOperationException("the factory gave null");
        for (var i = 0; i < way.Setters.Length; i++)
        {
            var part = recipe.Parts[arguments.Length + i];
            if (SettingShape.IsSet(part))
            {
                var given = (side == Side.Head ? way.Setters[i].Head : way.Setters[i].Base)([made, part.Build(side)]);
                made = way.Setters[i].Extension is null ? made : given ?? made;
            }
        }

        return made;
    }

    public override string Code(Recipe recipe)
    {
        var way = Way(recipe.Choice);
        var arguments = recipe.Parts[..way.Parameters.Length].Select(part => part.Shape.Code(part)).ToArray();
        var used = way.Setters.Select((setter, i) => (Setter: setter, Part: recipe.Parts[arguments.Length + i])).Where(one => SettingShape.IsSet(one.Part)).ToList();
        var set = used.Where(one => one.Setter.Extension is null).Select(one => $"{one.Setter.Name} = {one.Part.Shape.Code(one.Part)}").ToList();
        var code = way.Code(Type, arguments, set.Count == 0 ? "" : $" {{ {string.Join(", ", set)} }}");
        return used.Where(one => one.Setter.Extension is not null).Aggregate(code, (inner, one) => $"{CSharpType.Of(one.Setter.Extension!)}.{one.Setter.Name}({inner})");
    }

    public override Shape Part(int choice, int index) =>
        Way(choice) is var way && index < way.Parameters.Length ? way.Parameters[index] : way.Setters[index - way.Parameters.Length].Setting;

    private MakingWay Way(int choice) => _ways[choice];
}
