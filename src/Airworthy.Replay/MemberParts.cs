using System.Reflection;
using System.Text.Json;
using Airworthy.Probes.Build.Choosing;
using Airworthy.Probes.Recording;

namespace Airworthy.Replay;

/// <summary>
/// Finds a recorded lambda or local function in a build. The compiler names it anew in each: it is known by its member, its own name and which of its like it is.
/// </summary>
internal static class MemberParts
{
    private const BindingFlags Declared = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>What stands for a parameter without a name, by which a local function is given what it captures.</summary>
    public const string Captured = "captured";

    /// <summary>The part's method.</summary>
    /// <param name="member">The member it stands in.</param>
    /// <param name="recording">The recording, with its <c>part</c>.</param>
    /// <exception cref="NotReplayableException">It is not there, or can't be told from others.</exception>
    public static MethodInfo Find(MethodBase member, JsonElement recording)
    {
        var part = recording.GetProperty("part");
        var (name, ordinal, of) = (part.GetProperty("name").GetString()!, part.GetProperty("ordinal").GetInt32(), part.GetProperty("of").GetInt32());
        var parameters = recording.GetProperty("arguments").EnumerateArray().Select(argument => argument.GetProperty("name").GetString()).ToList();
        var alike = Of(member).Where(one => one.Name.Part == name).OrderBy(one => one.Name.Number).Select(one => one.Method).ToList();
        var fitting = alike.Where(one => one.GetParameters().Select(NameOf).SequenceEqual(parameters, StringComparer.Ordinal)).ToList();
        if (alike.Count == of && ordinal >= 1 && ordinal <= of)
        {
            return fitting.Contains(alike[ordinal - 1]) ? alike[ordinal - 1] : throw new NotReplayableException($"{Words(name)} takes other parameters now");
        }

        // One that was alone is known by its parameters among several; of several nobody knows which came or went.
        return of == 1 && fitting.Count == 1 ? fitting[0]
            : throw new NotReplayableException(alike.Count == 0 ? $"there is no {(name == "lambda" ? name : $"local function {name}")} in it"
                : $"its member had {of} of {name} when it was recorded and has {alike.Count} now: which one it is can't be told");
    }

    /// <summary>True for a method that the compiler made of a lambda or a local function.</summary>
    public static bool IsPart(MethodBase method) => Read(method) is not null;

    /// <summary>A parameter's name.</summary>
    public static string NameOf(ParameterInfo parameter) => string.IsNullOrEmpty(parameter.Name) ? Captured : parameter.Name;

    private static string Words(string name) => name == "lambda" ? "the lambda" : $"the local function {name}";

    private static IEnumerable<(MethodInfo Method, GeneratedName Name)> Of(MethodBase member)
    {
        var all = Types(member.DeclaringType!).SelectMany(type => type.GetMethods(Declared))
            .Select(method => (Method: method, Name: Read(method)!))
            .Where(one => one.Name is not null && one.Name.Member == member.Name)
            .ToLookup(one => one.Name.Group);
        // Overloads have one name: what the member itself names tells which parts are its own.
        return all.Count <= 1 ? all.SelectMany(one => one) : all[GroupOf(member)];
    }

    private static int GroupOf(MethodBase member) =>
        CodeTokens.Of(member).Select(one => one is MethodBase method && Read(method) is { } name ? name.Group : GeneratedName.GroupOf(one.DeclaringType?.Name ?? ""))
            .FirstOrDefault(group => group >= 0, -1);

    private static GeneratedName? Read(MethodBase method) => GeneratedName.Read(method.Name, method.DeclaringType?.Name ?? "");

    /// <summary>A type and the closures in it.</summary>
    private static IEnumerable<Type> Types(Type type) =>
        type.GetNestedTypes(BindingFlags.NonPublic | BindingFlags.Public).Where(RecordedType.IsClosure).SelectMany(Types).Prepend(type);
}
