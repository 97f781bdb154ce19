using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using Airworthy.Probes.Build.Patching;
using dnlib.DotNet;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;
using Xunit;

namespace Airworthy.Probes.Tests.Weaving;

/// <summary>The woven file: the same each time, and as good to a debugger as the compiler's.</summary>
public sealed class ImageTests
{
    [Theory]
    [InlineData("Flow")]
    [InlineData("Asynchronous")]
    public void Two_builds_are_equal_to_the_byte(string file)
    {
        var one = Compiled.From(ShapeTests.Source(file)).Weave().Image;
        var other = Compiled.From(ShapeTests.Source(file)).Weave().Image;

        Assert.Equal(one.Assembly, other.Assembly);
        Assert.Equal(one.Symbols, other.Symbols);
    }

    [Fact]
    public void Another_choice_of_probes_is_another_module()
    {
        var compiled = Compiled.From(ShapeTests.Source("Memory"));
        Guid[] ids = [Mvid(compiled.Image.Assembly), Mvid(compiled.Weave().Image.Assembly), Mvid(compiled.Weave(excluded: "*Spans*").Image.Assembly)];

        Assert.Equal(3, ids.Distinct().Count());
    }

    [Fact]
    public void Nothing_to_weave_leaves_the_file_as_it_was()
    {
        var compiled = Compiled.From("[assembly: Airworthy.Probes.NoProbe] public static class Left { public static int Run() => int.Parse(\"1\"); }");
        Assert.Same(compiled.Image, compiled.Weave().Image);
    }

    public static TheoryData<string, OptimizationLevel> Files
    {
        get
        {
            var files = new TheoryData<string, OptimizationLevel>();
            foreach (var file in ShapeTests.Files)
            {
                files.Add(file, OptimizationLevel.Release);
                files.Add(file, OptimizationLevel.Debug);
            }

            return files;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_debugger_finds_the_same_lines_locals_and_steps(string file, OptimizationLevel level)
    {
        var compiled = Compiled.From(ShapeTests.Source(file), level);
        var before = Debugging(compiled.Image.Assembly, compiled.Image.Symbols!);
        var woven = compiled.Weave().Image;
        var after = Debugging(woven.Assembly, woven.Symbols!);

        Assert.NotEmpty(before);
        foreach (var (method, told) in before)
        {
            Assert.Equal(told, after[method]);
        }
    }

    [Fact]
    public void Symbols_match_their_assembly()
    {
        var woven = Compiled.From(ShapeTests.Source("Flow")).Weave().Image;
        using var image = new PEReader(ImmutableArray.Create(woven.Assembly));
        using var symbols = MetadataReaderProvider.FromPortablePdbImage(ImmutableArray.Create(woven.Symbols!));
        var entry = image.ReadDebugDirectory().Single(one => one.Type == DebugDirectoryEntryType.CodeView);
        var id = symbols.GetMetadataReader().DebugMetadataHeader!.Id;

        Assert.Equal(image.ReadCodeViewDebugDirectoryData(entry).Guid, new Guid(id.AsSpan()[..16]));
        Assert.Equal(entry.Stamp, BitConverter.ToUInt32(id.AsSpan()[16..]));
        Assert.Contains(image.ReadDebugDirectory(), one => one.Type == DebugDirectoryEntryType.PdbChecksum);
        Assert.Contains(image.ReadDebugDirectory(), one => one.Type == DebugDirectoryEntryType.Reproducible);
    }

    [Fact]
    public void Embedded_symbols_stay_embedded()
    {
        var woven = Compiled.From("public static class Embedded { public static void Run() => throw new System.TimeoutException(); }", symbols: DebugInformationFormat.Embedded).Weave().Image;
        Assert.Null(woven.Symbols);
        using var sample = new LoadedSample(woven);

        var thrown = Assert.Throws<TimeoutException>(() => sample.Call("Embedded", "Run"));
        Assert.Contains("Code.cs:line 1", thrown.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_symbols_no_method_is_known_to_be_anybodys()
    {
        var bare = Compiled.From("public static class Bare { public static void Run() => throw new System.TimeoutException(); }").Image;
        using var assembly = new EditedAssembly(bare with { Symbols = null });
        Assert.All(Build.Choosing.UserMethods.Of(assembly.Module, assembly.Lines), method => Assert.Null(method.Lines));
    }

    [Fact]
    public void Signed_assemblies_are_signed_again()
    {
        using var rsa = new RSACryptoServiceProvider(2048);
        var key = rsa.ExportCspBlob(includePrivateParameters: true);
        // A key for signatures (CALG_RSA_SIGN), as sn makes them.
        key[5] = 0x24;
        var woven = Compiled.From("public static class Signed { public static void Run() => throw new System.TimeoutException(); }", key: key).Weave(key: key).Image;
        using var image = new PEReader(ImmutableArray.Create(woven.Assembly));
        var directory = image.PEHeaders.CorHeader!.StrongNameSignatureDirectory;
        Assert.True(image.PEHeaders.TryGetDirectoryOffset(directory, out var offset));
        var signature = woven.Assembly.AsSpan(offset, directory.Size).ToArray();
        var expected = new StrongNameSigner(new MemoryStream(woven.Assembly)).CalculateSignature(new StrongNameKey(key), offset);

        Assert.Equal(expected, signature);
        Assert.Contains(signature, b => b != 0);
        Assert.True(image.PEHeaders.CorHeader.Flags.HasFlag(CorFlags.StrongNameSigned));
    }

    [Fact]
    public void Tables_are_the_compressed_ones_that_every_tool_reads()
    {
        var woven = Compiled.From(ShapeTests.Source("Members")).Weave().Image;
        using var image = new PEReader(ImmutableArray.Create(woven.Assembly));
        var metadata = image.GetMetadataReader();

        Assert.Equal(0, metadata.GetTableRowCount(TableIndex.MethodPtr));
        Assert.Equal(0, metadata.GetTableRowCount(TableIndex.FieldPtr));
    }

    private static Guid Mvid(byte[] assembly)
    {
        using var image = new PEReader(ImmutableArray.Create(assembly));
        var metadata = image.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }

    /// <summary>By method: its visible lines, its locals, and how many of its awaits a debugger can step over.</summary>
    private static Dictionary<string, string> Debugging(byte[] assembly, byte[] symbols)
    {
        using var image = new PEReader(ImmutableArray.Create(assembly));
        using var provider = MetadataReaderProvider.FromPortablePdbImage(ImmutableArray.Create(symbols));
        var (code, debug) = (image.GetMetadataReader(), provider.GetMetadataReader());
        var told = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var handle in code.MethodDefinitions)
        {
            var method = code.GetMethodDefinition(handle);
            var type = code.GetTypeDefinition(method.GetDeclaringType());
            var lines = debug.GetMethodDebugInformation(handle).GetSequencePoints().Where(point => !point.IsHidden)
                .Select(point => $"{point.StartLine}:{point.StartColumn}-{point.EndLine}:{point.EndColumn}").Distinct(StringComparer.Ordinal);
            var locals = debug.GetLocalScopes(handle).SelectMany(scope => debug.GetLocalScope(scope).GetLocalVariables())
                .Select(local => debug.GetLocalVariable(local)).Select(local => $"{local.Index}={debug.GetString(local.Name)}").Where(local => !local.EndsWith('='));
            var constants = debug.GetLocalScopes(handle).SelectMany(scope => debug.GetLocalScope(scope).GetLocalConstants())
                .Select(constant => debug.GetLocalConstant(constant)).Select(constant => $"{debug.GetString(constant.Name)}={Convert.ToHexString(debug.GetBlobBytes(constant.Signature))}");
            var infos = debug.GetCustomDebugInformation(handle).Select(info => debug.GetCustomDebugInformation(info))
                .Select(info => $"{debug.GetGuid(info.Kind)}/{debug.GetBlobBytes(info.Value).Length / 8}");
            var name = $"{code.GetString(type.Namespace)}.{Outer(code, type)}{code.GetString(type.Name)}.{code.GetString(method.Name)}/{Convert.ToHexString(code.GetBlobBytes(method.Signature))}";
            told[name] = $"{string.Join(' ', lines)} | {string.Join(' ', locals)} {string.Join(' ', constants)} | {string.Join(' ', infos.Order(StringComparer.Ordinal))}";
        }

        return told;
    }

    private static string Outer(MetadataReader code, TypeDefinition type) =>
        type.GetDeclaringType() is { IsNil: false } outer ? $"{Outer(code, code.GetTypeDefinition(outer))}{code.GetString(code.GetTypeDefinition(outer).Name)}+" : "";
}
