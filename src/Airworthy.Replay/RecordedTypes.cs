using System.Reflection;
using System.Text.Json;

namespace Airworthy.Replay;

/// <summary>Finds the types that a generic method was called for.</summary>
internal static class RecordedTypes
{
    /// <summary>The method as it was called: of its own parameters and those of the type around it none is open.</summary>
    /// <exception cref="NotReplayableException">They were not recorded, or are not what the method asks for now.</exception>
    public static MethodBase Close(MethodBase method, JsonElement recording)
    {
        if (!method.ContainsGenericParameters)
        {
            return method;
        }

        if (!recording.TryGetProperty("types", out var recorded))
        {
            throw new NotReplayableException("it is generic, and was recorded without the types it was called for");
        }

        Type[] types = [.. recorded.EnumerateArray().Select(Read)];
        var around = method.DeclaringType!.GetGenericArguments().Length;
        var own = method.IsGenericMethodDefinition ? method.GetGenericArguments().Length : 0;
        if (types.Length != around + own)
        {
            throw new NotReplayableException("it was recorded with other type parameters");
        }

        try
        {
            var closed = around == 0 ? method
                : MethodBase.GetMethodFromHandle(method.MethodHandle, method.DeclaringType.MakeGenericType(types[..around]).TypeHandle)!;
            return own == 0 ? closed : ((MethodInfo)closed).MakeGenericMethod(types[around..]);
        }
        catch (ArgumentException)
        {
            throw new NotReplayableException("its type parameters are constrained otherwise now");
        }
    }

    private static Type Read(JsonElement type)
    {
        if (type.ValueKind == JsonValueKind.String)
        {
            return Named(type.GetString()!);
        }

        var parts = type.EnumerateArray().ToList();
        Type[] of = [.. parts.Skip(1).Select(Read)];
        return parts[0].GetString() == "[]" ? of[0].MakeArrayType() : Named(parts[0].GetString()!).MakeGenericType(of);
    }

    private static Type Named(string name) => name.Contains("<>", StringComparison.Ordinal)
        ? throw new NotReplayableException("it was called for an anonymous type, which the compiler names anew in each build")
        : LoadedTypes.Find(name) ?? throw new NotReplayableException($"it was called for the type {name}, which is not there any more");
}
