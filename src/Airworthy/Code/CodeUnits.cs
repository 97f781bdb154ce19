using System.Collections.Immutable;
using System.Text;
using Airworthy.Model;

namespace Airworthy.Code;

/// <summary>Finds the functions of a file, by its language.</summary>
public static class CodeUnits
{
    /// <summary>Bytes of a file that is read; a longer one has no units.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>The functions of a file in its order; empty when its language is not read.</summary>
    public static ImmutableArray<CodeUnit> Read(RepoPath path, byte[] content) =>
        content.Length > MaxBytes ? [] : Read(path, Encoding.UTF8.GetString(content));

    /// <inheritdoc cref="Read(RepoPath, byte[])"/>
    public static ImmutableArray<CodeUnit> Read(RepoPath path, string text) => Language(path) switch
    {
        "csharp" => CSharpUnits.Read(path, text),
        "javascript" when !IsTyped(path) && JavaScriptUnits.Read(path, text) is { } units => units,
        { } other => OutlineUnits.Read(other, path, text),
        null => [],
    };

    /// <summary>The language by the file's ending; null when it is not known.</summary>
    public static string? Language(RepoPath path) => Path.GetExtension(path.Name).ToUpperInvariant() switch
    {
        ".CS" => "csharp",
        ".C" or ".H" => "c",
        ".CC" or ".CPP" or ".CXX" or ".HPP" or ".HH" => "cpp",
        ".GO" => "go",
        ".PY" => "python",
        ".RS" => "rust",
        ".JS" or ".MJS" or ".CJS" or ".TS" or ".JSX" or ".TSX" => "javascript",
        ".JAVA" => "java",
        _ => null,
    };

    private static bool IsTyped(RepoPath path) => Path.GetExtension(path.Name).Contains("ts", StringComparison.OrdinalIgnoreCase);

    /// <summary>The innermost function around a line; null when it stands in none.</summary>
    public static CodeUnit? Around(ImmutableArray<CodeUnit> units, int line) =>
        units.Where(unit => unit.Span.Contains(line)).MinBy(unit => unit.Span.Count);
}
