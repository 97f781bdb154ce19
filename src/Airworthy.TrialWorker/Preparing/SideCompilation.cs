using System.Collections.Immutable;
using System.Text;
using Airworthy.Trials;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Airworthy.TrialWorker.Preparing;

/// <summary>One side as the compiler sees it: from the command line that the side's own build gave it, and the sources its generators made.</summary>
internal sealed class SideCompilation
{
    private readonly ImmutableArray<ResourceDescription> _resources;

    private SideCompilation(SideSources sources, CSharpCompilation compilation, ImmutableArray<ResourceDescription> resources) =>
        (Sources, Compilation, _resources) = (sources, compilation, resources);

    public SideSources Sources { get; }

    public CSharpCompilation Compilation { get; }

    public static SideCompilation Read(SideSources sources)
    {
        var arguments = CSharpCommandLineParser.Default.Parse(sources.CommandLine, sources.ProjectFolder, sdkDirectory: null);
        var encoding = arguments.Encoding ?? Encoding.UTF8;
        var generated = Directory.Exists(sources.Generated) ? Directory.EnumerateFiles(sources.Generated, "*.cs", SearchOption.AllDirectories) : [];
        var trees = arguments.SourceFiles.Select(file => file.Path).Concat(generated).Distinct(StringComparer.Ordinal)
            .AsParallel().AsOrdered().Select(path => Parse(path, encoding, arguments.ParseOptions)).ToList();
        var references = arguments.MetadataReferences
            .Select(reference => (Path: Path.Combine(sources.ProjectFolder, reference.Reference), reference.Properties))
            .Where(reference => File.Exists(reference.Path))
            .Select(reference => MetadataReference.CreateFromFile(reference.Path, reference.Properties));
        var options = arguments.CompilationOptions
            .WithStrongNameProvider(new DesktopStrongNameProvider(arguments.KeyFileSearchPaths))
            .WithSourceReferenceResolver(new SourceFileResolver([], sources.ProjectFolder, arguments.PathMap))
            .WithGeneralDiagnosticOption(ReportDiagnostic.Default)
            .WithSpecificDiagnosticOptions([])
            .WithConcurrentBuild(true);
        var name = arguments.CompilationName ?? Path.GetFileNameWithoutExtension(sources.Assembly);
        return new SideCompilation(sources, CSharpCompilation.Create(name, trees, references, options), arguments.ManifestResources);
    }

    /// <summary>
    /// What was before a change, as this side's build would compile it: where its code is only read, nobody has to build it. What did not change is as it is here.
    /// </summary>
    /// <param name="top">The checkout of what was before.</param>
    /// <param name="files">The changed files.</param>
    public SideCompilation Before(string top, ImmutableArray<ChangedFile> files)
    {
        var changed = files.Where(file => file.Head is not null).ToDictionary(file => Path.Combine(Sources.Top, file.Head!), file => file.Base, StringComparer.Ordinal);
        var options = (CSharpParseOptions)Compilation.SyntaxTrees[0].Options;
        var same = Compilation.SyntaxTrees.Where(tree => !changed.ContainsKey(tree.FilePath)).Select(tree => tree.WithFilePath(Path.Combine(top, Path.GetRelativePath(Sources.Top, tree.FilePath))));
        var here = Path.GetRelativePath(Sources.Top, Sources.ProjectFolder) is var folder && folder == "." ? "" : folder + "/";
        var others = Compilation.SyntaxTrees.Select(tree => changed.GetValueOrDefault(tree.FilePath))
            .Concat(files.Where(file => file.Head is null && file.Base!.StartsWith(here, StringComparison.Ordinal)).Select(file => file.Base))
            .OfType<string>().Distinct(StringComparer.Ordinal).Select(path => Path.Combine(top, path)).Where(File.Exists).Select(path => Parse(path, Encoding.UTF8, options));
        return new SideCompilation(Sources with { Top = top }, Compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(same.Concat(others)), _resources);
    }

    /// <summary>The tree of a file, by its path from the checkout's top.</summary>
    public SyntaxTree? Tree(string path)
    {
        var full = Path.GetFullPath(Path.Combine(Sources.Top, path));
        return Compilation.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == full);
    }

    /// <summary>Writes a compilation as this side's assembly; gives the errors that kept it from being written.</summary>
    public ImmutableArray<Diagnostic> Emit(CSharpCompilation compilation, string file)
    {
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream, manifestResources: _resources, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded));
        if (!result.Success)
        {
            return [.. result.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error)];
        }

        File.WriteAllBytes(file, stream.ToArray());
        return [];
    }

    private static SyntaxTree Parse(string path, Encoding encoding, CSharpParseOptions options)
    {
        using var stream = File.OpenRead(path);
        return CSharpSyntaxTree.ParseText(SourceText.From(stream, encoding, canBeEmbedded: false), options, path);
    }
}
