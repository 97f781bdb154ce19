using System.Collections.Immutable;
using System.Text;
using Airworthy.Code;
using Airworthy.Model;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Code;

public class CodeUnitsTests
{
    [Fact]
    public void Members_of_a_csharp_file_have_ids_like_documentation_comments()
    {
        var units = Read("a.cs",
            """
            namespace Shop;

            public sealed class Refunds<T>(int start)
            {
                static Refunds() { }
                public Refunds() : this(1) { }
                public decimal Total { get; set; }
                public int Half => start / 2;
                public int this[int i] { get { return i; } }
                public decimal Split(decimal total, int? parts, string[] names)
                {
                    return Round(total);

                    decimal Round(decimal d) => names.Select(n => d).First();
                }
                public static Refunds<T> operator +(Refunds<T> a, Refunds<T> b) => a;
                private class Inner { void Run<TX>(ref int x) { } }
            }
            """);
        Assert.Equal(
            [
                "M:Shop.Refunds`1.#cctor", "M:Shop.Refunds`1.#ctor", "M:Shop.Refunds`1.get_Total", "M:Shop.Refunds`1.set_Total", "M:Shop.Refunds`1.get_Half",
                "M:Shop.Refunds`1.get_Item(System.Int32)", "M:Shop.Refunds`1.Split(System.Decimal,System.Nullable{System.Int32},System.String[])",
                "M:Shop.Refunds`1.op_+(Refunds{T},Refunds{T})", "M:Shop.Refunds`1.Inner.Run`1(System.Int32@)",
            ],
            units.Select(unit => unit.Symbol));
        Assert.Equal("Refunds.Split(decimal, int?, string[])", units[6].Name);
        Assert.Equal(new LineSpan(10, 15), units[6].Span);
        Assert.Equal(units[6], CodeUnits.Around(units, 14));
    }

    [Fact]
    public void What_is_remarked_within_a_type_is_no_part_of_a_name()
    {
        var unit = Assert.Single(Read("a.cs", "class Trees { void Flatten(Func<\n// null-oblivious\n#nullable disable\nobject,\n#nullable restore\n(int, bool)> of) { } }"));
        Assert.Equal("Trees.Flatten(Func<object, (int, bool)>)", unit.Name);
        Assert.Equal("M:Trees.Flatten(Func{System.Object,(int, bool)})", unit.Symbol);
    }

    [Fact]
    public void Top_level_statements_are_one_unit() =>
        Assert.Equal(new LineSpan(2, 3), Assert.Single(Read("Program.cs", "using System;\nConsole.WriteLine();\nHelp();\n")).Span);

    [Theory]
    [InlineData("a.c", "static int\nput_flow(struct x *x,\n         int n)\n{\n    if (n) {\n        run(n);\n    }\n}\n", "put_flow", 2, 8)]
    [InlineData("a.c", "static int eat( FILE *in )\n  {\n  int c;\n\n  while( c )\n    {\n    c = 0;\n    }\n  return( c );\n  }\n\nint after;\n", "eat", 1, 10)]
    [InlineData("A.java", "class A {\n    int split(int n) { // never 0\n        return n;\n    }\n}\n", "split", 2, 4)]
    [InlineData("a.rs", "pub const unsafe extern \"C\" fn split(n: u32) -> u32 { /* as it was */\n    n\n}\n", "split", 1, 3)]
    [InlineData("a.go", "func (s *Shop) Split(n int) int {\n\tif n > 0 {\n\t\treturn 1\n\t}\n\treturn 0\n}\n", "Split", 1, 6)]
    [InlineData("a.py", "class A:\n    def split(self, n):\n        if n:\n            return 1\n\n        return 0\n\nx = 1\n", "split", 2, 6)]
    [InlineData("a.js", "export async function split(n) {\n  if (n) {\n    run();\n  }\n}\n", "split", 1, 5)]
    [InlineData("a.rs", "pub fn split(n: u32) -> u32 {\n    n\n}\n", "split", 1, 3)]
    public void Other_languages_are_read_by_the_look_of_their_text(string file, string text, string name, int start, int end)
    {
        var unit = Read(file, text).Single(found => found.Name == name);
        Assert.Equal(new LineSpan(start, end), unit.Span);
    }

    [Fact]
    public void No_text_makes_it_throw()
    {
        var deep = new StringBuilder("class A { int M() => ").Append('(', 100_000).ToString();
        Assert.True(Read("a.cs", deep).Length <= 1);
        Gen.OneOf("class A {", "}", "void M(", ")", "{", "=> x;", "namespace B;", "<T>", "\n", "get;", "this[", "\"", "operator +", "func f(", "def g(", "    ").Array[0, 30].Select(string.Concat)
            .Sample(text => new[] { "a.cs", "a.c", "a.py", "a.go", "a.js", "a.java" }.All(name => Read(name, text).All(unit => unit.Span.Start <= unit.Span.End)));
    }

    private static ImmutableArray<CodeUnit> Read(string path, string text) => CodeUnits.Read(new RepoPath(path), Encoding.UTF8.GetBytes(text));
}
