using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.PortableExecutable;
using Airworthy.Probes.Build.Weaving;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Xunit;

namespace Airworthy.Probes.Tests.Weaving;

/// <summary>What is put into an assembly moves the rows of what was there: nothing that was may be lost or taken for another.</summary>
public sealed class EditedAssemblyTests
{
    /// <summary>Types and methods with parameters in turn, constants, initial data, attributes on all: what the tables are ordered by.</summary>
    private const string Mixed = """
        using System; using System.Collections.Generic; using System.Runtime.InteropServices; using System.Threading.Tasks;
        [AttributeUsage(AttributeTargets.All)] public sealed class MarkAttribute(string text) : Attribute { public string Text => text; }
        public static class A { public static T Pick<[Mark("a")] T>(T one) where T : IComparable<T> => one; public const string Name = "a"; }
        public class B<[Mark("b")] T> where T : class, new() { public U Get<U, [Mark("v")] V>([Mark("p")] U one = default!, V two = default!) where V : IDisposable => one; [Mark("f")] public T? Field; }
        public class C<X, Y> where Y : X { public static async Task<Z> Wait<Z>(Z one) where Z : struct { await Task.Yield(); return one; } public const int Size = 7; }
        [StructLayout(LayoutKind.Explicit, Size = 24)] public struct D { [FieldOffset(8)] public long At; [Mark("r")] public readonly int Read(int by = 3) => (int)At + by; }
        public enum E : byte { One = 1, Two = 2 }
        public static class F
        {
            public static ReadOnlySpan<byte> Bytes => "some bytes that are laid down"u8;
            public static int[] Numbers() => [1, 2, 3, 5, 8, 13, 21, 34, 55];
            public static IEnumerable<K> Each<[Mark("k")] K>(K one, int count = 4) { for (var i = 0; i < count; i++) { yield return one; } }
            public static event EventHandler? Raised { [Mark("add")] add { Console.Write(""); } remove { Console.Write(value); } }
            [Mark("q")] public static string Text { [Mark("g")] get => new('x', 3); }
            [DllImport("nowhere", EntryPoint = "gone")] public static extern int Outside([MarshalAs(UnmanagedType.LPStr)] string name);
        }
        """;

    public static TheoryData<string, bool> Sources
    {
        get
        {
            var sources = new TheoryData<string, bool>();
            foreach (var file in ShapeTests.Files)
            {
                sources.Add(ShapeTests.Source(file), false);
            }

            sources.Add(Mixed, false);
            sources.Add(Mixed, true);
            sources.Add(Mixed + "public static class Started { [System.Runtime.CompilerServices.ModuleInitializer] public static void Start() => System.Console.Write(\"\"); }", true);
            return sources;
        }
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Reflection_finds_all_that_the_compiler_declared(string source, bool isRecordable)
    {
        var compiled = Compiled.From(source);
        using var before = new LoadedSample(compiled.Image);
        using var after = new LoadedSample(compiled.Weave(isRecordable: isRecordable).Image);

        Assert.Equal(Declared(before.Assembly), Declared(after.Assembly));
    }

    [Fact]
    public void Laid_down_data_is_where_its_field_is()
    {
        using var sample = new LoadedSample(Compiled.From(Mixed).Weave().Image);

        Assert.Equal(new[] { 1, 2, 3, 5, 8, 13, 21, 34, 55 }, sample.Call("F", "Numbers"));
    }

    [Fact]
    public void Resources_of_both_kinds_stay()
    {
        var compilation = Compiled.CompilationOf(
            "public static class Kept { public static int Run() => int.Parse(\"1\"); }", new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        using var native = compilation.CreateDefaultWin32Resources(versionResource: true, noManifest: true, manifestContents: null, iconInIcoFormat: null);
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        var emitted = compilation.Emit(
            assembly, symbols, win32Resources: native, manifestResources: [new ResourceDescription("text", () => new MemoryStream("kept"u8.ToArray()), isPublic: true)],
            options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb), cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(emitted.Success);
        var before = new AssemblyImage(assembly.ToArray(), symbols.ToArray());
        var woven = Compiled.Of(before).Weave().Image;
        using var sample = new LoadedSample(woven);
        using var text = new StreamReader(sample.Assembly.GetManifestResourceStream("text")!);

        Assert.Equal("kept", text.ReadToEnd());
        Assert.Equal(Version(before.Assembly), Version(woven.Assembly));
    }

    /// <summary>What the one native resource holds: found as Windows does, by an address.</summary>
    private static string Version(byte[] file)
    {
        using var image = new PEReader(ImmutableArray.Create(file));
        var root = image.PEHeaders.PEHeader!.ResourceTableDirectory;
        var table = image.GetSectionData(root.RelativeVirtualAddress).GetContent().AsSpan();
        var at = 0;
        for (var level = 0; level < 3; level++)
        {
            at = BitConverter.ToInt32(table[(at + 20)..]) & 0x7FFF_FFFF;
        }

        var (address, size) = (BitConverter.ToInt32(table[at..]), BitConverter.ToInt32(table[(at + 4)..]));
        return Convert.ToHexString(image.GetSectionData(address).GetContent(0, size).AsSpan());
    }

    private static List<string> Declared(Assembly assembly)
    {
        var told = new List<string>();
        foreach (var type in assembly.GetTypes().Where(type => !type.FullName!.Contains("AirworthyProbes", StringComparison.Ordinal)))
        {
            told.Add($"{type} : {type.BaseType} {type.Attributes} {Parameters(type.IsGenericType ? type.GetGenericArguments() : [])} {Marks(type.CustomAttributes)}");
            foreach (var member in type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                         .Where(member => !member.Name.StartsWith("<>airworthy", StringComparison.Ordinal)))
            {
                told.Add($"  {member} {Marks(member.CustomAttributes)} {Details(member)}");
            }
        }

        return told;
    }

    private static string Details(MemberInfo member) => member switch
    {
        MethodBase method => $"{method.Attributes} {Parameters(method.IsGenericMethod ? method.GetGenericArguments() : [])} "
            + string.Join(", ", method.GetParameters().Select(one => $"{one} {one.Attributes} {one.RawDefaultValue} {Marks(one.CustomAttributes)}")),
        FieldInfo field => $"{field.Attributes} {(field.IsLiteral ? field.GetRawConstantValue() : "")}",
        PropertyInfo property => $"{property.GetMethod} {property.SetMethod}",
        EventInfo raised => $"{raised.AddMethod} {raised.RemoveMethod}",
        _ => "",
    };

    private static string Parameters(Type[] parameters) => string.Join(
        ", ", parameters.Select(one => $"{one} {one.GenericParameterAttributes} {string.Join('&', one.GetGenericParameterConstraints().Select(type => type.ToString()))} {Marks(one.CustomAttributes)}"));

    private static string Marks(IEnumerable<CustomAttributeData> marks) => string.Join(' ', marks.Select(mark => mark.ToString()).Order(StringComparer.Ordinal));
}
