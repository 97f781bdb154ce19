using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Airworthy.Probes.Recording;

namespace Airworthy.Replay;

/// <summary>What a test holds of an object that a constructor made: what can be read of it from outside.</summary>
internal static class MadeObject
{
    /// <summary>The lines that make it and hold it to what was recorded.</summary>
    public static string Assertion(JsonElement recording, Type type, string invocation)
    {
        const string at = "        ";
        var reader = new ValueReader(recording.GetProperty("time").GetDateTimeOffset());
        var (held, left) = (new StringBuilder(), new List<string>());
        foreach (var field in RecordedType.Of(type).Fields)
        {
            if (IsReadable(field) && recording.GetProperty("result").TryGetProperty(field.Name, out var value) && Expected(reader, value, field) is { } expected)
            {
                held.Append(CultureInfo.InvariantCulture, $"{at}{expected}\n");
            }
            else
            {
                left.Add(field.Name);
            }
        }

        var missing = left.Count == 0 ? "" : $"{at}// Not held, as it can't be read from outside or was not recorded whole: {string.Join(", ", left)}\n";
        return held.Length == 0 ? $"{missing}{at}_ = {invocation};\n" : $"{at}var made = {invocation};\n{held}{missing}";
    }

    private static string? Expected(ValueReader reader, JsonElement value, RecordedType.Field field)
    {
        try
        {
            var expected = reader.Read(value, field.Info.FieldType, field.Name);
            var name = CSharpType.IsKeyword(field.Name) ? "@" + field.Name : field.Name;
            return expected is null ? $"Assert.Null(made.{name});" : $"Assert.{TestCode.AssertOf(expected)}({ValueCode.Of(expected)}, made.{name});";
        }
        catch (NotReplayableException)
        {
            return null;
        }
    }

    /// <summary>True for a public field, and for a property that is nothing but its field.</summary>
    private static bool IsReadable(RecordedType.Field field) => field.Info.IsPublic
        || (field.Info.Name == $"<{field.Name}>k__BackingField"
            && field.Info.DeclaringType!.GetProperty(field.Name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)?.GetMethod is { IsPublic: true });
}
