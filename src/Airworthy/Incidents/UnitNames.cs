using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>Compares a frame's function with a unit of a file.</summary>
internal static class UnitNames
{
    /// <summary>True when both name the same function; of C# symbols the type counts as well when <paramref name="wholeType"/> asks for it.</summary>
    public static bool Match(CodeUnit unit, string symbol, bool wholeType = false)
    {
        var told = Parts(symbol);
        var known = Parts(Bare(unit.Symbol));
        if (told.Length == 0 || known.Length == 0 || !Same(told[^1], known[^1]))
        {
            return false;
        }

        return !wholeType || (told.Length > 1 && known.Length > 1 && told[^2].Equals(known[^2], StringComparison.Ordinal));
    }

    private static bool Same(string told, string known) => told.TrimStart('#').Equals(known.TrimStart('#'), StringComparison.Ordinal);

    /// <summary>The symbol without kind, parameters and arities.</summary>
    private static string Bare(string symbol)
    {
        var bracket = symbol.IndexOf('(', StringComparison.Ordinal);
        symbol = bracket < 0 ? symbol : symbol[..bracket];
        return symbol.StartsWith("M:", StringComparison.Ordinal) ? symbol[2..] : symbol;
    }

    private static string[] Parts(string symbol)
    {
        var parts = symbol.Split(['.', ':'], StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < parts.Length; i++)
        {
            var arity = parts[i].IndexOf('`', StringComparison.Ordinal);
            parts[i] = arity > 0 ? parts[i][..arity] : parts[i];
        }

        return parts;
    }
}
