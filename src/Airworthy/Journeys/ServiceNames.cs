using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Journeys;

/// <summary>The names that a repository's services are likely known by: its web and worker projects, and what its compose files build.</summary>
internal static partial class ServiceNames
{
    private const int LargestProject = 512 * 1024;
    private const int MostRead = 2_000;

    /// <summary>Reads them at <paramref name="revision"/>.</summary>
    public static async Task<ImmutableArray<string>> FindAsync(
        GitRepository repository, CommitId revision, IEnumerable<TreeFile> files, CancellationToken cancel)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        foreach (var file in files.Where(file => IsProject(file.Path) || IsCompose(file.Path)).Take(MostRead))
        {
            if (await repository.ReadAsync(revision, file.Path, LargestProject, cancel) is { } bytes)
            {
                var text = Encoding.UTF8.GetString(bytes);
                names.AddRange(IsProject(file.Path) ? OfProject(file.Path, text) : OfCompose(text));
            }
        }

        return names.ToImmutable();
    }

    /// <summary>A web or worker project is named after its file, which is what the OpenTelemetry SDK's defaults take too.</summary>
    public static IEnumerable<string> OfProject(RepoPath path, string project) =>
        ServiceSdk().IsMatch(project) && Path.GetFileNameWithoutExtension(path.Name) is var name && PlainName().IsMatch(name) ? [name] : [];

    /// <summary>The services of a compose file that are built here; by indentation, since anchors and extensions abound in such files.</summary>
    public static IEnumerable<string> OfCompose(string compose)
    {
        var inServices = false;
        string? service = null;
        int? depth = null;
        foreach (var line in compose.Split('\n').Select(line => line.TrimEnd()))
        {
            var indent = line.Length - line.TrimStart(' ').Length;
            if (line.Length == indent || line[indent] == '#')
            {
                continue;
            }

            if (indent == 0)
            {
                (inServices, service, depth) = (line is "services:", null, null);
            }
            else if (inServices && indent == (depth ??= indent))
            {
                service = ComposeKey().Match(line) is { Success: true } key ? key.Groups["name"].Value : null;
            }
            else if (service is not null && line.AsSpan(indent).StartsWith("build:"))
            {
                yield return service;
                service = null;
            }
        }
    }

    private static bool IsProject(RepoPath path) => path.Name.EndsWith("proj", StringComparison.OrdinalIgnoreCase) && path.Name.Contains('.', StringComparison.Ordinal);

    private static bool IsCompose(RepoPath path) =>
        path.Name is "compose.yml" or "compose.yaml" or "docker-compose.yml" or "docker-compose.yaml";

    [GeneratedRegex("""<Project\s[^>]*Sdk\s*=\s*["']Microsoft\.NET\.Sdk\.(Web|Worker)["'/]""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ServiceSdk();

    /// <summary>A name that can stand in a shell's command line as it is.</summary>
    [GeneratedRegex("^[A-Za-z0-9._-]{1,100}\\z", RegexOptions.NonBacktracking)]
    private static partial Regex PlainName();

    [GeneratedRegex("""^\s+["']?(?<name>[A-Za-z0-9._-]{1,100})["']?:""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ComposeKey();
}
