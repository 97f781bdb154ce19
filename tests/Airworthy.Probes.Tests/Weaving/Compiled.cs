using System.Collections.Immutable;
using System.Text;
using Airworthy.Probes.Build.Choosing;
using Airworthy.Probes.Build.Patching;
using Airworthy.Probes.Build.Weaving;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Airworthy.Probes.Tests.Weaving;

/// <summary>A C# text compiled in memory, and what the weaver makes of it.</summary>
internal sealed class Compiled
{
    private static readonly ImmutableArray<string> s_paths =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path).StartsWith("Microsoft.CSharp", StringComparison.Ordinal) || Path.GetFileName(path) is "Airworthy.Probes.dll" or "netstandard.dll")
    ];

    private static readonly ImmutableArray<MetadataReference> s_references = [.. s_paths.Select(path => MetadataReference.CreateFromFile(path))];

    private Compiled(AssemblyImage image) => Image = image;

    public AssemblyImage Image { get; }

    /// <summary>What another compilation made.</summary>
    public static Compiled Of(AssemblyImage image) => new(image);

    public static Compiled From(
        string source,
        OptimizationLevel level = OptimizationLevel.Release,
        DebugInformationFormat symbols = DebugInformationFormat.PortablePdb,
        string path = "/src/Code.cs",
        string name = "Sample",
        byte[]? key = null)
    {
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: level, allowUnsafe: true, deterministic: true);
        if (key is not null)
        {
            var keyFile = Path.GetTempFileName();
            File.WriteAllBytes(keyFile, key);
            options = options.WithCryptoKeyFile(keyFile).WithStrongNameProvider(new DesktopStrongNameProvider());
        }

        var compilation = CompilationOf(source, options, path, name);
        using var assembly = new MemoryStream();
        using var pdb = new MemoryStream();
        var isEmbedded = symbols == DebugInformationFormat.Embedded;
        var result = compilation.Emit(
            assembly, isEmbedded ? null : pdb,
            options: new EmitOptions(debugInformationFormat: symbols, pdbFilePath: "/src/Sample.pdb"), cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error)));
        return new Compiled(new AssemblyImage(assembly.ToArray(), isEmbedded ? null : pdb.ToArray()));
    }

    public static CSharpCompilation CompilationOf(
        string source, CSharpCompilationOptions? options = null, string path = "/src/Code.cs", string name = "Sample")
    {
        var tree = CSharpSyntaxTree.ParseText(
            SourceText.From(source, Encoding.UTF8, SourceHashAlgorithm.Sha256),
            new CSharpParseOptions(LanguageVersion.Preview, preprocessorSymbols: ["AIRWORTHY_PROBES"]), path, TestContext.Current.CancellationToken);
        return CSharpCompilation.Create(name, [tree], s_references, options ?? new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
    }

    /// <summary>All methods woven, or those that <paramref name="watch"/> tells.</summary>
    public WovenSample Weave(IWatch? watch = null, bool hasFlags = true, byte[]? key = null, bool isRecordable = false, params string[] excluded)
    {
        using var assembly = new EditedAssembly(Image);
        var choice = new ProbeChoice(watch ?? new AllSources("5eed", new SourcePaths("/src", [])), [.. excluded]);
        var report = ModuleWeaver.Weave(assembly, choice.Choose(UserMethods.Of(assembly.Module, assembly.Lines)), "5eed", hasFlags, isRecordable ? new ByRefLikeTypes(s_paths) : null);
        return new WovenSample(report.Any(method => method.HasProbe) ? assembly.Write(key) : Image, report);
    }
}
