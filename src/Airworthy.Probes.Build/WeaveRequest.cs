using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Probes.Build;

/// <summary>What a project's build asks for: a file of lines <c>name=value</c>, so that no path needs quoting on a command line.</summary>
/// <param name="Assembly">The compiler's output, woven in place.</param>
/// <param name="Symbols">Its symbols beside it; the file may be missing.</param>
/// <param name="Kept">The folder where the compiler's output is kept, so that it can be woven again without compiling.</param>
/// <param name="Report">The report to write.</param>
/// <param name="Project">The project's folder.</param>
/// <param name="Manifest">The manifest to use; null for the repository's own, or else provenance read in the build.</param>
/// <param name="IsEveryMethod">True to weave every method, whoever wrote it.</param>
/// <param name="HasFlags">True to mark statements that ran.</param>
/// <param name="Revision">The commit that is built, as the build knows it; empty when it doesn't.</param>
/// <param name="Excluded">Names of methods to leave out.</param>
/// <param name="Mapped">Source folders and what the compiler writes for them.</param>
/// <param name="KeyFile">The strong-name key pair; null when the assembly is not signed with one.</param>
internal sealed record WeaveRequest(
    string Assembly,
    string Symbols,
    string Kept,
    string Report,
    string Project,
    string? Manifest,
    bool IsEveryMethod,
    bool HasFlags,
    string Revision,
    ImmutableArray<string> Excluded,
    ImmutableArray<(string Folder, string Written)> Mapped,
    string? KeyFile)
{
    /// <summary>True when the woven methods' calls are to be recordable.</summary>
    public bool IsRecordable { get; init; }

    /// <summary>The assemblies the project was compiled against; needed only when calls are to be recordable.</summary>
    public ImmutableArray<string> References { get; init; } = [];

    private const string Arrow = "=>";

    /// <summary>Reads the request's file.</summary>
    /// <exception cref="ProbeException">A value is missing or not one of those that are known.</exception>
    public static WeaveRequest Read(string file)
    {
        var lines = File.ReadAllLines(file)
            .Select(line => line.Split('=', 2))
            .Where(parts => parts.Length == 2 && parts[1].Length > 0)
            .ToLookup(parts => parts[0].Trim(), parts => parts[1].Trim(), StringComparer.Ordinal);
        return new WeaveRequest(
            Needed("assembly"),
            Needed("symbols"),
            Needed("kept"),
            Needed("report"),
            Needed("project"),
            lines["manifest"].FirstOrDefault(),
            OneOf("methods", "probation", "all") == "all",
            OneOf("statements", "on", "off") == "on",
            lines["revision"].FirstOrDefault() ?? "",
            [.. lines["exclude"].SelectMany(names => names.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
            [.. lines["root"].Concat(lines["map"].SelectMany(maps => maps.Split(','))).Select(Mapping).Where(map => map.Item1.Length > 0)],
            lines["key"].FirstOrDefault())
        {
            IsRecordable = OneOf("recordings", "off", "on") == "on",
            References = [.. lines["reference"]],
        };

        string Needed(string name) =>
            lines[name].FirstOrDefault() ?? throw new ProbeException(Fault.BadInput, $"the request '{file}' has no '{name}'; build the project again");

        string OneOf(string name, string usual, string other)
        {
            var value = lines[name].FirstOrDefault() ?? usual;
            return value == usual || value == other
                ? value
                : throw new ProbeException(Fault.Usage, $"{Property(name)} is '{value}'; it takes '{usual}' or '{other}'");
        }
    }

    /// <summary>The build's property that a line of the request comes from.</summary>
    private static string Property(string name) =>
        (name == "recordings" ? "Airworthy" : "AirworthyProbes") + char.ToUpperInvariant(name[0]) + name[1..];

    private static (string, string) Mapping(string text)
    {
        // MSBuild's PathMap is 'from=to'; a source root is told as 'from=>to'.
        var arrow = text.IndexOf(Arrow, StringComparison.Ordinal);
        var (at, length) = arrow >= 0 ? (arrow, Arrow.Length) : (text.IndexOf('=', StringComparison.Ordinal), 1);
        return at > 0 && at + length < text.Length ? (text[..at], text[(at + length)..]) : ("", "");
    }
}
