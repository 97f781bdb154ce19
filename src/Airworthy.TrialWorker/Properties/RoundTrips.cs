using System.Reflection;
using Airworthy.TrialWorker.Making;
using Airworthy.TrialWorker.Observing;
using Airworthy.TrialWorker.Running;

namespace Airworthy.TrialWorker.Properties;

/// <summary>Two members that undo each other by their names and types: what one makes of a value, the other turns back into it.</summary>
internal sealed class RoundTrips : IProperty
{
    private const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>How names of such pairs begin: what turns a value into another form, and what turns it back.</summary>
    private static readonly (string There, string Back)[] s_pairs =
    [
        ("Encode", "Decode"), ("Serialize", "Deserialize"), ("Escape", "Unescape"), ("Compress", "Decompress"), ("Pack", "Unpack"), ("Encrypt", "Decrypt"), ("Format", "Parse"), ("Marshal", "Unmarshal"), ("Quote", "Unquote"), ("To", "From"),
    ];

    public string Name => "comes back as it was from its counterpart";

    public bool Fits(UnderTrial unit) => PairOf(unit.Head.Method) is not null;

    public PropertyBreak? Check(SideCall call, Recipe recipe)
    {
        if (PairOf(call.Method) is not { } pair)
        {
            return new PropertyBreak.NotMade();
        }

        var (arguments, result) = call.RunAndKeep(recipe);
        if (call.End != CallEnd.Returned || result is null)
        {
            return new PropertyBreak.NotMade();
        }

        // What turns back may be given anything: unless both forms are of one type, only what it makes of it has to survive the way there and back.
        var given = arguments[call.Method.IsStatic || pair.There == call.Method && IsToString(pair.There) ? 0 : 1];
        var value = pair.There == call.Method || pair.There.ReturnType == pair.Back.ReturnType ? given : result;
        if (value is null)
        {
            return new PropertyBreak.NotMade();
        }

        var receiver = call.Method.IsStatic ? null : arguments[0];
        var before = Seen.Of(value);
        var there = Seen.Call(pair.There, Arguments(pair.There, receiver, value));
        if (there.Thrown is not null || there.Value is null)
        {
            return new PropertyBreak.NotMade();
        }

        var back = Seen.Call(pair.Back, Arguments(pair.Back, receiver, there.Value));
        var after = Seen.Of(back);
        return before == after ? null : new PropertyBreak.Told($"{before} (by way of {Seen.Of(there.Value)})", after);
    }

    /// <summary>The two members, the one of the unit among them; null when it has no counterpart.</summary>
    private static (MethodInfo There, MethodInfo Back)? PairOf(MethodBase unit)
    {
        if (unit is not MethodInfo method || method.DeclaringType is not { } type || method.ContainsGenericParameters || method.ReturnType == typeof(void))
        {
            return null;
        }

        if (IsToString(method))
        {
            return Method(type, "Parse", isStatic: true, typeof(string), type) is { } parse ? (method, parse) : null;
        }

        if (method.Name == "Parse" && method.IsStatic && method.ReturnType == type && Takes(method) == typeof(string))
        {
            return type.GetMethods(All).FirstOrDefault(IsToString) is { } text ? (text, method) : null;
        }

        if (Takes(method) is not { } taken)
        {
            return null;
        }

        foreach (var (there, back) in s_pairs)
        {
            if (Begins(method.Name, there) && Method(type, back + method.Name[there.Length..], method.IsStatic, method.ReturnType, taken) is { } other)
            {
                return (method, other);
            }

            if (Begins(method.Name, back) && Method(type, there + method.Name[back.Length..], method.IsStatic, method.ReturnType, taken) is { } first)
            {
                return (first, method);
            }
        }

        return null;
    }

    private static bool Begins(string name, string word) => name.StartsWith(word, StringComparison.Ordinal) && (name.Length == word.Length ? word.Length > 4 : !char.IsLower(name[word.Length]));

    private static bool IsToString(MethodInfo method) => method is { Name: "ToString", IsStatic: false } && method.GetParameters().Length == 0;

    /// <summary>The one value that a member needs; null when it needs none or several.</summary>
    private static Type? Takes(MethodInfo method) =>
        method.GetParameters() is [{ ParameterType: { IsByRef: false, IsByRefLike: false } only }, .. var rest] && Array.TrueForAll(rest, parameter => parameter.HasDefaultValue) ? only : null;

    private static MethodInfo? Method(Type type, string name, bool isStatic, Type takes, Type gives) =>
        type.GetMethods(All).FirstOrDefault(method => method.Name == name && method.IsStatic == isStatic && !method.ContainsGenericParameters && method.ReturnType == gives && Takes(method) == takes);

    private static object?[] Arguments(MethodInfo method, object? receiver, object value)
    {
        object?[] rest = [.. method.GetParameters().Skip(1).Select(parameter => parameter.DefaultValue is DBNull ? null : parameter.DefaultValue)];
        return IsToString(method) ? [value] : method.IsStatic ? [value, .. rest] : [receiver, value, .. rest];
    }
}
