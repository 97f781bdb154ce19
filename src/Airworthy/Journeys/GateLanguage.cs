using System.Collections.Frozen;
using Airworthy.Model;

namespace Airworthy.Journeys;

/// <summary>Which changed files hold statements that run, by their extension; evidence from running is asked of those alone.</summary>
internal static class GateLanguage
{
    private static readonly FrozenDictionary<string, string> s_byExtension = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [".cs"] = "csharp", [".razor"] = "csharp", [".cshtml"] = "csharp", [".fs"] = "fsharp", [".vb"] = "vb",
        [".java"] = "java", [".kt"] = "kotlin", [".kts"] = "kotlin", [".scala"] = "scala", [".groovy"] = "groovy",
        [".js"] = "javascript", [".mjs"] = "javascript", [".cjs"] = "javascript", [".jsx"] = "javascript",
        [".ts"] = "typescript", [".mts"] = "typescript", [".cts"] = "typescript", [".tsx"] = "typescript",
        [".vue"] = "vue", [".svelte"] = "svelte",
        [".py"] = "python", [".rb"] = "ruby", [".php"] = "php", [".pl"] = "perl", [".pm"] = "perl", [".lua"] = "lua",
        [".go"] = "go", [".rs"] = "rust", [".zig"] = "zig", [".swift"] = "swift", [".m"] = "objc", [".mm"] = "objc", [".dart"] = "dart",
        [".c"] = "c", [".h"] = "c", [".cc"] = "cpp", [".cpp"] = "cpp", [".cxx"] = "cpp", [".hh"] = "cpp", [".hpp"] = "cpp", [".hxx"] = "cpp",
        [".ex"] = "elixir", [".exs"] = "elixir", [".erl"] = "erlang", [".hs"] = "haskell", [".ml"] = "ocaml", [".clj"] = "clojure",
        [".sh"] = "shell", [".bash"] = "shell", [".ps1"] = "powershell", [".sql"] = "sql", [".r"] = "r", [".jl"] = "julia",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The language of a file; <c>text</c> when it is none that runs.</summary>
    public static string Of(RepoPath path) => s_byExtension.GetValueOrDefault(Path.GetExtension(path.Name), "text");

    /// <summary>True when statements in the file run.</summary>
    public static bool Runs(RepoPath path) => s_byExtension.ContainsKey(Path.GetExtension(path.Name));

    /// <summary>True for a line that can't run: empty, a comment, a bracket, an import.</summary>
    public static bool IsInert(string line)
    {
        var text = line.AsSpan().Trim();
        return text.IsEmpty
            || text.Trim("{}()[];,").IsEmpty
            || text.StartsWith("//") || text.StartsWith("/*") || text.StartsWith("* ") || text is "*" or "*/" || text.StartsWith('#')
            || text.StartsWith("using ") || text.StartsWith("import ") || text.StartsWith("namespace ") || text.StartsWith("package ");
    }
}
