using System.IO.Enumeration;

namespace Airworthy.Probes.Recording;

/// <summary>Which requests are wanted: <c>POST /orders/{id}/refunds</c>, <c>* /orders/*</c>. Unlike a method's name it holds a blank.</summary>
/// <param name="Method">The HTTP method, or <c>*</c>.</param>
/// <param name="Path">The path; <c>*</c> and <c>{…}</c> stand for anything.</param>
internal readonly record struct RoutePattern(string Method, string Path)
{
    /// <summary>The pattern that a text is; null when it names methods of code.</summary>
    public static RoutePattern? Parse(string text) =>
        text.Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [var method, ['/', ..] path] ? new RoutePattern(method, Anything(path)) : null;

    /// <summary>True when a request is meant.</summary>
    public bool Names(string method, string path) =>
        (Method == "*" || string.Equals(Method, method, StringComparison.OrdinalIgnoreCase)) && FileSystemName.MatchesSimpleExpression(Path, path);

    private static string Anything(string path)
    {
        while (path.IndexOf('{', StringComparison.Ordinal) is >= 0 and var from && path.IndexOf('}', from) is > 0 and var to)
        {
            path = $"{path[..from]}*{path[(to + 1)..]}";
        }

        return path;
    }
}
