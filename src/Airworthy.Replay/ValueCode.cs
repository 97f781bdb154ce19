using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Airworthy.Probes.Recording;

namespace Airworthy.Replay;

/// <summary>
/// The C# expression that makes a value. An object is made by a public constructor and public setters, and only when that gives the same fields again:
/// it is tried.
/// </summary>
internal static class ValueCode
{
    /// <summary>What stands in a literal as it is.</summary>
    private static readonly SearchValues<char> s_plain = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Where(character => character is not ('"' or '\\'))]);

    /// <summary>The expression.</summary>
    /// <exception cref="NotReplayableException">C# from outside can't make it; the message says why.</exception>
    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => Literal(text),
        bool flag => flag ? "true" : "false",
        char character => $"(char){((int)character).ToString(CultureInfo.InvariantCulture)}",
        Enum => OfEnum(value),
        decimal number => number.ToString(CultureInfo.InvariantCulture) + "m",
        double number => OfReal(number, "double", "d"),
        float number => OfReal(number, "float", "f"),
        long number => number == long.MinValue ? "long.MinValue" : number.ToString(CultureInfo.InvariantCulture) + "L",
        ulong number => number.ToString(CultureInfo.InvariantCulture) + "UL",
        uint number => number.ToString(CultureInfo.InvariantCulture) + "u",
        int number => number == int.MinValue ? "int.MinValue" : number.ToString(CultureInfo.InvariantCulture),
        sbyte or byte or short or ushort => $"({CSharpType.Of(value.GetType())})({((IFormattable)value).ToString(format: null, CultureInfo.InvariantCulture)})",
        Guid id => $"new global::System.Guid(\"{id}\")",
        DateTime { Kind: DateTimeKind.Unspecified } time when time.Ticks % TimeSpan.TicksPerDay == 0 => $"new global::System.DateTime({Day(time)})",
        DateTime time => $"new global::System.DateTime({Moment(time)}, global::System.DateTimeKind.{time.Kind})",
        DateTimeOffset time => $"new global::System.DateTimeOffset({Moment(time.DateTime)}, {Of(time.Offset)})",
        TimeSpan span when span == TimeSpan.Zero => "global::System.TimeSpan.Zero",
        TimeSpan span when span.Ticks % TimeSpan.TicksPerSecond == 0 => string.Create(CultureInfo.InvariantCulture, $"new global::System.TimeSpan({span.Days}, {span.Hours}, {span.Minutes}, {span.Seconds})"),
        TimeSpan span => $"new global::System.TimeSpan({Ticks(span.Ticks)})",
        DateOnly date => string.Create(CultureInfo.InvariantCulture, $"new global::System.DateOnly({date.Year}, {date.Month}, {date.Day})"),
        TimeOnly time => $"new global::System.TimeOnly({Ticks(time.Ticks)})",
        Uri uri => $"new global::System.Uri({Literal(uri.OriginalString)}, global::System.UriKind.RelativeOrAbsolute)",
        Version version => $"new global::System.Version(\"{version}\")",
        CancellationToken => "global::System.Threading.CancellationToken.None",
        HttpClient => throw new NotReplayableException("it calls out over HTTP"),
        FrozenTime time => $"new {TestCode.Clock}({Of(time.GetUtcNow())})",
        IDictionary pairs => $"new {CSharpType.Of(pairs.GetType())} {{ {string.Join(", ", Pairs(pairs).Select(pair => $"[{Of(pair.Key)}] = {Of(pair.Value)}"))} }}",
        Array items => $"new {CSharpType.Of(items.GetType())} {{ {Items(items)} }}",
        _ when value.GetType() == typeof(object) || value.GetType().FullName is "System.Threading.Lock" or "System.Threading.ReaderWriterLockSlim" => $"new {CSharpType.Of(value.GetType())}()",
        _ when value.GetType().Namespace == "Microsoft.Extensions.Logging.Abstractions" => CSharpType.Of(value.GetType()) + ".Instance",
        IEnumerable items when RecordedType.IsOfFramework(value.GetType()) => OfCollection(items),
        _ => OfObject(value),
    };

    /// <summary>A text as C# writes it: in ASCII, so that nothing in it is obeyed or looks like something else.</summary>
    public static string Literal(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(s_plain))
        {
            return $"\"{text}\"";
        }

        var literal = new StringBuilder("\"");
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' or '\\' => literal.Append('\\').Append(character),
                >= ' ' and <= '~' => literal.Append(character),
                _ => literal.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
            };
        }

        return literal.Append('"').ToString();
    }

    private static string Day(DateTime time) => string.Create(CultureInfo.InvariantCulture, $"{time.Year}, {time.Month}, {time.Day}");

    /// <summary>The first arguments of a time's constructor: as people write them, or the ticks where it has parts of a second.</summary>
    private static string Moment(DateTime time) =>
        time.Ticks % TimeSpan.TicksPerSecond == 0 ? string.Create(CultureInfo.InvariantCulture, $"{Day(time)}, {time.Hour}, {time.Minute}, {time.Second}") : Ticks(time.Ticks);

    private static string Ticks(long ticks) => ticks.ToString(CultureInfo.InvariantCulture) + "L";

    private static string OfReal(double number, string type, string suffix) =>
        double.IsNaN(number) ? $"{type}.NaN" : double.IsPositiveInfinity(number) ? $"{type}.PositiveInfinity" : double.IsNegativeInfinity(number) ? $"{type}.NegativeInfinity"
            : (type == "float" ? ((float)number).ToString("R", CultureInfo.InvariantCulture) : number.ToString("R", CultureInfo.InvariantCulture)) + suffix;

    private static string OfEnum(object value)
    {
        var type = value.GetType();
        return Enum.IsDefined(type, value)
            ? $"{CSharpType.Of(type)}.{value}"
            : $"({CSharpType.Of(type)})({Convert.ToDecimal(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)})";
    }

    private static IEnumerable<DictionaryEntry> Pairs(IDictionary pairs)
    {
        foreach (DictionaryEntry pair in pairs)
        {
            yield return pair;
        }
    }

    private static string Items(IEnumerable items) => string.Join(", ", items.Cast<object?>().Select(Of));

    private static string OfCollection(IEnumerable items)
    {
        var type = items.GetType();
        var item = Array.Find(type.GetInterfaces(), one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0] ?? typeof(object);
        var array = $"new {CSharpType.Of(item)}[] {{ {Items(items)} }}";
        return type.Namespace == "System.Collections.Immutable"
            ? $"global::System.Collections.Immutable.{type.Name.Split('`')[0]}.CreateRange<{CSharpType.Of(item)}>({array})"
            : $"new {CSharpType.Of(type)}({array})";
    }

    private static string OfObject(object value)
    {
        var type = value.GetType();
        var fields = RecordedType.Of(type).Fields;
        var name = CSharpType.Of(type);
        foreach (var constructor in type.GetConstructors().OrderByDescending(one => one.GetParameters().Length))
        {
            var parameters = constructor.GetParameters();
            var taken = parameters.Select(parameter => fields.FirstOrDefault(field => Means(field.Name, parameter.Name) && parameter.ParameterType == field.Info.FieldType)).ToArray();
            if (Array.TrueForAll(taken, field => field is not null) && Made(value, constructor, taken!, fields) is { } set)
            {
                var arguments = string.Join(", ", taken.Select(field => Of(field!.Info.GetValue(value))));
                var setters = set.Count == 0 ? "" : $" {{ {string.Join(", ", set.Select(field => $"{field.Name} = {Of(field.Info.GetValue(value))}"))} }}";
                return $"new {name}({arguments}){setters}";
            }
        }

        // A struct is made without a constructor too.
        return type.IsValueType && Made(value, constructor: null, [], fields) is { } all
            ? $"new {name} {{ {string.Join(", ", all.Select(field => $"{field.Name} = {Of(field.Info.GetValue(value))}"))} }}"
            : throw new NotReplayableException($"no public constructor of {type} makes it as it was");
    }

    /// <summary>The fields to set besides, when an object made so is as the given one; else null.</summary>
    private static List<RecordedType.Field>? Made(object value, ConstructorInfo? constructor, RecordedType.Field[] taken, IReadOnlyList<RecordedType.Field> fields)
    {
        try
        {
            var type = value.GetType();
            var made = constructor is null ? Activator.CreateInstance(type)! : constructor.Invoke([.. taken.Select(field => field.Info.GetValue(value))]);
            var set = new List<RecordedType.Field>();
            foreach (var field in fields.Where(field => Json(field.Info.GetValue(made)) != Json(field.Info.GetValue(value))))
            {
                if (!field.Info.IsPublic && type.GetProperty(field.Name)?.SetMethod?.IsPublic != true)
                {
                    return null;
                }

                field.Info.SetValue(made, field.Info.GetValue(value));
                set.Add(field);
            }

            return Json(made) == Json(value) ? set : null;
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }

    private static bool Means(string field, string? parameter) => string.Equals(field.TrimStart('_'), parameter, StringComparison.OrdinalIgnoreCase);

    private static string Json(object? value)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            new GraphWriter(json, new Redactor(), RecordingLimits.Default).Write("value", value);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
