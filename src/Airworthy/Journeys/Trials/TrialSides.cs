using System.Collections.Immutable;
using System.IO.Enumeration;
using System.Text.Json;
using System.Text.Json.Nodes;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Trials;
using Airworthy.Trials.Building;

namespace Airworthy.Journeys.Trials;

/// <summary>The two checkouts of a trial, and their projects.</summary>
internal sealed class TrialSides(Sandbox sandbox, string work, GitRepository repository, TrialQuestion question, IProgress<string> progress)
{
    private const string HeadLabel = "the head";
    private const int MostProjects = 6;
    private const long MostProjectBytes = 1024 * 1024;

    private readonly string _base = Path.Combine(work, "base");
    private readonly string _head = Path.Combine(work, "head");
    private readonly SideBuild _build = new(sandbox, work);
    private readonly Dictionary<string, Task<ProjectTraits>> _traits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BuiltTests> _tests = new(StringComparer.Ordinal);

    /// <summary>The checkout of the base.</summary>
    public string Base => _base;

    /// <summary>Writes both revisions' files.</summary>
    public async Task CheckOutAsync(CancellationToken cancel)
    {
        progress.Report($"checking out {question.Base.Hex[..12]} and {question.Head.Hex[..12]}");
        await RevisionCheckout.WriteAsync(repository, question.Base, _base, cancel);
        await RevisionCheckout.WriteAsync(repository, question.Head, _head, cancel);
        Array.ForEach([_base, _head], WriteAtOnce);
    }

    /// <summary>
    /// Gives all files of a checkout one time: of a file that the repository keeps and a tool can make from another, nobody knows which git wrote first, and the tool is not there.
    /// </summary>
    private static void WriteAtOnce(string folder)
    {
        var at = File.GetLastWriteTimeUtc(folder);
        var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var file in new FileSystemEnumerable<string>(folder, static (ref FileSystemEntry entry) => entry.ToFullPath(), all)
        {
            ShouldIncludePredicate = static (ref FileSystemEntry entry) => !entry.IsDirectory,
            ShouldRecursePredicate = static (ref FileSystemEntry entry) => !entry.FileName.SequenceEqual(".git"),
        })
        {
            File.SetLastWriteTimeUtc(file, at);
        }
    }

    /// <summary>Builds the projects that the changed files belong to, on both sides.</summary>
    /// <param name="files">The changed files.</param>
    /// <param name="missing">Told what can't be tried.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="TrialException">No project can be built.</exception>
    public async Task<(List<BuiltProject> Projects, ImmutableArray<string> Notes)> BuildAsync(ImmutableArray<ChangedFile> files, List<NotTried> missing, CancellationToken cancel)
    {
        var notes = new List<string>();
        foreach (var (side, folder) in new[] { ("base", _base), ("head", _head) }.Where(one => question.RunsBase || one.Item1 == "head"))
        {
            if (await ForgetSdkAsync(folder, cancel) is { } note)
            {
                notes.Add($"at the {side}, {note}");
            }
        }

        var built = new List<BuiltProject>();
        TrialException? last = null;
        foreach (var path in Projects(files, missing))
        {
            try
            {
                if (await BuildAsync(path, files, missing, notes, cancel) is { } project)
                {
                    built.Add(project);
                }
            }
            catch (TrialException failed) when (failed.Fault == Fault.BadInput)
            {
                last = failed;
                missing.Add(new NotTried(path, failed.Message));
            }
        }

        if (_build.LeftOut.Count > 0)
        {
            notes.Add($"built without {string.Join(", ", _build.LeftOut)}, which no source of packages holds and only development needs");
        }

        return built.Count == 0 && last is not null ? throw last : (built, [.. notes]);
    }

    /// <summary>Builds one project where it is asked to run; null, and told, when it can't be tried.</summary>
    private async Task<BuiltProject?> BuildAsync(string path, ImmutableArray<ChangedFile> files, List<NotTried> missing, List<string> notes, CancellationToken cancel)
    {
        var tests = TestProjects(path);
        var first = question.RunsTests && question.Kinds.Contains(TrialKinds.Mutation, StringComparer.Ordinal) ? tests.FirstOrDefault() : null;
        var basePath = question.RunsBase ? BasePath(path, files) : null;
        // Each takes half a second that is mostly waiting.
        var (heads, bases, testers) = (ReadAsync(_head, path, cancel), ReadAsync(_base, basePath, cancel), ReadAsync(_head, first, cancel));
        await Task.WhenAll(heads, bases, testers);
        var (head, @base) = ((await heads)!, await bases);
        if (@base is not null)
        {
            (@base, head) = ProjectTraits.Alike(@base, head);
        }

        var obstacle = head.Obstacle
            ?? (question.RunsBase && @base is null ? "the base has no such project"
            : @base?.Obstacle is { } earlier ? $"at the base {earlier}"
            : null);
        if (head.Tests is not null || obstacle is not null)
        {
            missing.AddRange(head.Tests is null ? [new NotTried(path, obstacle!)] : []);
            return null;
        }

        progress.Report(@base is null ? $"building {path}" : $"building {path} at base and head");
        SideSources? one;
        SideSources other;
        try
        {
            (one, other) = await BuildBothAsync(@base, head, await testers, cancel);
        }
        catch (TrialException failed) when (SideBuild.IsWithoutFramework(failed) && head.WithoutFramework() is { } plainer && (@base is null || @base.WithoutFramework() is not null))
        {
            notes.Add($"{path} is tried as {plainer.Framework}: no source of packages holds what {head.Framework} is built with");
            (@base, head) = @base?.WithoutFramework() is { } before ? ProjectTraits.Alike(before, plainer) : (null, plainer);
            (one, other) = await BuildBothAsync(@base, head, await testers, cancel);
        }

        if (@base is not null && head.Framework != @base.Framework)
        {
            notes.Add($"{path} is tried as {@base.Framework} at the base and {head.Framework} at the head");
        }

        return new BuiltProject(path, one, other, [.. tests.Select(test => Path.GetDirectoryName(Path.Combine(_head, test))!)], tests, head.UsesAspNetCore || @base is { UsesAspNetCore: true });
    }

    private async Task<(SideSources? Base, SideSources Head)> BuildBothAsync(ProjectTraits? @base, ProjectTraits head, ProjectTraits? tests, CancellationToken cancel)
    {
        // One after the other is half as fast, but the machine may be small, and the second finds the packages of the first.
        var one = @base is null ? null : await _build.BuildAsync(_base, @base, "the base", cancel);
        return (one, await BuildHeadAsync(head, tests, cancel));
    }

    /// <summary>Builds a project at the head; where tests of it are to run and one framework is all there is, as what they refer to, in one build of both.</summary>
    private async Task<SideSources> BuildHeadAsync(ProjectTraits project, ProjectTraits? tests, CancellationToken cancel)
    {
        if (tests is { IsMultiTargeted: false } && !project.IsMultiTargeted && tests.References.Contains(Path.Combine(_head, project.Path), StringComparer.Ordinal))
        {
            try
            {
                await BuildTestsAsync(tests.Path, cancel);
            }
            catch (TrialException failed) when (failed.Fault == Fault.BadInput)
            {
                // Told when it is the tests' turn; the project itself may build.
            }
        }

        return _build.Built(_head, project, HeadLabel) ?? await _build.BuildAsync(_head, project, HeadLabel, cancel);
    }

    /// <summary>What MSBuild says of a project of a side, asked once; null for none.</summary>
    private async Task<ProjectTraits?> ReadAsync(string top, string? path, CancellationToken cancel)
    {
        if (path is null)
        {
            return null;
        }

        var file = Path.Combine(top, path);
        if (!_traits.TryGetValue(file, out var read))
        {
            _traits[file] = read = _build.ReadAsync(top, path, cancel);
        }

        return await read;
    }

    /// <summary>Writes the tests of findings into the project's own test project on both sides, and runs them.</summary>
    public async Task<ImmutableArray<RankedFinding>> WriteTestsAsync(ImmutableArray<RankedFinding> findings, List<BuiltProject> projects, string folder, CancellationToken cancel)
    {
        foreach (var project in projects)
        {
            foreach (var test in project.TestProjects)
            {
                var traits = await ReadTestsAsync(test, cancel);
                var written = await new TestProof(_build, _base, _head, traits).ProveAsync(findings, folder, cancel);
                if (written is { } proven)
                {
                    return proven;
                }
            }
        }

        return [.. findings.Select(finding => finding with { Test = "no test project uses this project and builds on both sides" })];
    }

    /// <summary>What MSBuild says of a test project at the head.</summary>
    public async Task<ProjectTraits> ReadTestsAsync(string path, CancellationToken cancel) => (await ReadAsync(_head, path, cancel))!;

    /// <summary>Builds a test project at the head, with tests of ours in it.</summary>
    /// <param name="path">The project.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <param name="texts">Tests to build with it, by their classes' names; null for none.</param>
    /// <param name="refused">Told of each that does not compile, and why.</param>
    /// <exception cref="TrialException">It does not build even without them.</exception>
    public async Task<BuiltTests> BuildTestsAsync(string path, CancellationToken cancel, Dictionary<string, string>? texts = null, Action<string, string>? refused = null)
    {
        if (texts is null && _tests.TryGetValue(path, out var before))
        {
            return before;
        }

        var traits = await ReadTestsAsync(path, cancel);
        var sources = await new TestProjectBuild(_build, _head, traits).RunAsync(HeadLabel, texts ?? [], refused ?? ((_, _) => { }), cancel);
        return _tests[path] = new BuiltTests(sources.Assembly, traits.UsesAspNetCore);
    }

    /// <summary>The text of a file at the head.</summary>
    public string ReadHead(string path) => File.ReadAllText(Path.Combine(_head, path));

    /// <summary>The projects around the changed files: the nearest above each.</summary>
    private IEnumerable<string> Projects(ImmutableArray<ChangedFile> files, List<NotTried> missing)
    {
        var found = files.Select(file => (File: file.Head ?? file.Base!, Project: Nearest(file.Head is null ? _base : _head, file.Head ?? file.Base!))).ToList();
        missing.AddRange(found.Where(one => one.Project is null).Select(one => new NotTried(one.File, "it stands below no project")));
        var projects = found.Select(one => one.Project).OfType<string>().Distinct(StringComparer.Ordinal)
            .Where(project => question.Project is null || FileSystemName.MatchesSimpleExpression(question.Project, project) || FileSystemName.MatchesSimpleExpression(question.Project, Path.GetFileName(project)))
            .Where(project => File.Exists(Path.Combine(_head, project)))
            .Where(project => !IsTestByName(project))
            .OrderByDescending(project => found.Count(one => one.Project == project))
            .ToList();
        missing.AddRange(projects.Skip(MostProjects).Select(project => new NotTried(project, $"more than {MostProjects} projects changed; name it with --project")));
        return projects.Take(MostProjects);
    }

    private static bool IsTestByName(string project) => Path.GetFileNameWithoutExtension(project) is var name
        && (name.EndsWith("Tests", StringComparison.OrdinalIgnoreCase) || name.EndsWith("Test", StringComparison.OrdinalIgnoreCase) || name.EndsWith("Benchmarks", StringComparison.OrdinalIgnoreCase));

    private static string? Nearest(string top, string file)
    {
        for (var folder = Path.GetDirectoryName(Path.Combine(top, file)); folder is not null && folder.Length >= top.Length; folder = Path.GetDirectoryName(folder))
        {
            var projects = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.csproj") : [];
            if (projects.Length > 0)
            {
                Array.Sort(projects, StringComparer.Ordinal);
                return Path.GetRelativePath(top, projects[0]);
            }
        }

        return null;
    }

    /// <summary>The project's path at the base: the same, or where its files were before.</summary>
    private string? BasePath(string project, ImmutableArray<ChangedFile> files)
    {
        if (File.Exists(Path.Combine(_base, project)))
        {
            return project;
        }

        var folder = Path.GetDirectoryName(project)!;
        return files.Where(file => file is { Base: not null, Head: not null } && file.Head.StartsWith(folder, StringComparison.Ordinal))
            .Select(file => Nearest(_base, file.Base!)).FirstOrDefault(found => found is not null);
    }

    /// <summary>Test projects at the head that refer to a project, by what their files say.</summary>
    private ImmutableArray<string> TestProjects(string project)
    {
        var name = Path.GetFileName(project);
        return
        [
            .. Directory.EnumerateFiles(_head, "*.csproj", SearchOption.AllDirectories)
                .Where(file => Path.GetFileNameWithoutExtension(file).Contains("test", StringComparison.OrdinalIgnoreCase) && new FileInfo(file).Length < MostProjectBytes && File.ReadAllText(file).Contains(name, StringComparison.Ordinal))
                .Select(file => Path.GetRelativePath(_head, file))
                .Order(StringComparer.Ordinal)
                .Take(4),
        ];
    }

    /// <summary>Where a checkout asks for an SDK that is not installed, the one that is has to do; told.</summary>
    private async Task<string?> ForgetSdkAsync(string top, CancellationToken cancel)
    {
        var file = Path.Combine(top, "global.json");
        if (!File.Exists(file) || (await _build.DotnetAsync(top, ["--version"], network: false, cancel)).Exit == 0)
        {
            return null;
        }

        // Only the SDK: what else it names, the build needs.
        if (JsonNode.Parse(await File.ReadAllTextAsync(file, cancel), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }) is JsonObject asked && asked.Remove("sdk"))
        {
            await File.WriteAllTextAsync(file, asked.ToJsonString(), cancel);
        }

        return "the SDK that global.json asks for is not installed, and the newest is used";
    }
}
