using System.Globalization;

namespace Airworthy.Code.Dialects;

/// <summary>A script's <c>file:line:column</c>: schemes, bundlers' marks and queries taken away, minified lines told as none.</summary>
internal static class ScriptPlace
{
    /// <summary>No person writes a line so long: the file is minified, and its line says nothing.</summary>
    private const int LongestColumn = 1000;

    private static readonly string[] s_schemes = ["file://", "webpack-internal:///", "webpack:///", "webpack://", "app:///", "capacitor://", "ionic://"];

    /// <summary>The file and its line; null when a line and a column are not told.</summary>
    public static (string File, int? Line)? Read(ReadOnlySpan<char> place)
    {
        var (file, line) = FilePlace.Split(place, columns: true);
        if (line is null)
        {
            return null;
        }

        var column = place[(place.LastIndexOf(':') + 1)..];
        return (Local(file), column.Length > 4 || (int.TryParse(column, CultureInfo.InvariantCulture, out var at) && at > LongestColumn) ? null : line);
    }

    private static string Local(ReadOnlySpan<char> file)
    {
        foreach (var scheme in s_schemes)
        {
            if (file.StartsWith(scheme, StringComparison.Ordinal))
            {
                file = file[scheme.Length..];
                break;
            }
        }

        // Turbopack and webpack write the loaders before the file: `./node_modules/ts-loader/index.js!./src/x.ts`.
        file = file[(file.LastIndexOf('!') + 1)..];
        var query = file.IndexOf('?');
        return (query > 0 ? file[..query] : file).ToString();
    }
}
