using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Airworthy.Model;
using Airworthy.Probes.Build.Choosing;
using Airworthy.Probes.Tests.Weaving;
using Xunit;

namespace Airworthy.Probes.Tests.Choosing;

/// <summary>Which methods get probes, and what is said of the others.</summary>
public sealed class ChoiceTests
{
    private const string Source = """
        using Airworthy.Probes;
        using System.CodeDom.Compiler;

        public class Mixed
        {
            private int _n;

            public int N { get => _n; set => _n = value; }

            public int Auto { get; set; }

            public int Human()
            {
                return int.Parse("1");
            }

            public int Agent()
            {
                return int.Parse("2");
            }

            public int Short() => int.Parse("3");

            [NoProbe]
            public int Refused() => int.Parse("4");

            [GeneratedCode("tool", "1")]
            public int Generated() => int.Parse("5");

            public int Hot() => int.Parse("6");

            [NoProbe]
            public int Left
            {
                get { return int.Parse("7") + new System.Func<int>(() => int.Parse("8"))(); }
            }
        }

        [NoProbe]
        public static class Whole
        {
            public static int Run() => int.Parse("9");
        }
        """;

    private static readonly string s_digest = Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Source)]));

    [Fact]
    public void Only_methods_with_a_line_on_probation_are_woven()
    {
        var woven = Compiled.From(Source).Weave(Manifest([new LineSpan(19, 19)]));

        Assert.Equal(["M:Mixed.Agent"], woven.Report.Where(method => method.HasProbe).Select(method => method.Id));
        Assert.Equal("no line of it is on probation", woven.Of("M:Mixed.Human").Reason);
        Assert.Equal("no line of it is on probation", woven.Of("M:Mixed.Short").Reason);
    }

    [Fact]
    public void A_changed_signature_is_a_line_of_its_method()
    {
        var woven = Compiled.From(Source).Weave(Manifest([new LineSpan(17, 17)]));

        Assert.Equal(["M:Mixed.Agent"], woven.Report.Where(method => method.HasProbe).Select(method => method.Id));
    }

    [Fact]
    public void Every_method_left_out_has_its_reason()
    {
        var woven = Compiled.From(Source).Weave(excluded: "*.Hot");

        Assert.Equal("[NoProbe]", woven.Of("M:Mixed.Refused").Reason);
        Assert.Equal("[NoProbe]", woven.Of("M:Mixed.get_Left").Reason);
        Assert.Equal("[NoProbe]", woven.Of("M:Mixed.get_Left", "lambda").Reason);
        Assert.Equal("[NoProbe]", woven.Of("M:Whole.Run").Reason);
        Assert.Equal("generated code", woven.Of("M:Mixed.Generated").Reason);
        Assert.Equal("tiny accessor", woven.Of("M:Mixed.get_N").Reason);
        Assert.Equal("excluded by '*.Hot'", woven.Of("M:Mixed.Hot").Reason);
        Assert.True(woven.Of("M:Mixed.Short").HasProbe);
    }

    [Theory]
    [InlineData("/src/obj/Release/Made.cs")]
    [InlineData("/src/Regex.g.cs")]
    [InlineData("/src/Form.Designer.cs")]
    public void Generated_files_are_left_out(string path)
    {
        var woven = Compiled.From(Source, path: path).Weave();
        Assert.All(woven.Report, method => Assert.False(method.HasProbe));
        Assert.Equal("generated code", woven.Of("M:Mixed.Human").Reason);
    }

    [Fact]
    public void A_file_that_changed_since_the_manifest_is_watched_whole()
    {
        var watch = Manifest([], digest: "00");
        var woven = Compiled.From(Source).Weave(watch);

        Assert.True(woven.Of("M:Mixed.Human").HasProbe);
        Assert.Equal("its file changed since the manifest", woven.Of("M:Mixed.Human").Reason);
        Assert.Equal(["Code.cs"], ((ManifestWatch)watch).Changed);
    }

    [Fact]
    public void A_file_that_is_newer_than_the_manifest_is_watched_whole()
    {
        var woven = Compiled.From(Source, path: "/src/New.cs").Weave(Manifest([]));
        Assert.Equal("its file is newer than the manifest", woven.Of("M:Mixed.Human").Reason);
    }

    [Fact]
    public void A_file_outside_the_repository_is_left_out()
    {
        var woven = Compiled.From(Source, path: "/elsewhere/Code2.cs").Weave(Manifest([]));
        Assert.Equal("its file lies outside the repository", woven.Of("M:Mixed.Human").Reason);
        Assert.False(woven.Of("M:Mixed.Human").HasProbe);
    }

    [Theory]
    [InlineData("/_/Code.cs")]
    [InlineData("/_1/Code.cs")]
    [InlineData("/build/agent/7/Code.cs")]
    public void Mapped_and_foreign_paths_are_found(string path)
    {
        var woven = Compiled.From(Source, path: path).Weave(Manifest([new LineSpan(19, 19)]));

        Assert.True(woven.Of("M:Mixed.Agent").HasProbe);
        Assert.Equal("Code.cs", woven.Of("M:Mixed.Agent").File);
    }

    [Theory]
    [InlineData("/_/a/B.cs", "a/B.cs")]
    [InlineData("/_1/B.cs", "sub/B.cs")]
    [InlineData("/home/me/repo/a/B.cs", "a/B.cs")]
    [InlineData(@"C:\other\B.cs", "C:/other/B.cs")]
    public void Paths_are_told_from_the_top(string written, string path) =>
        Assert.Equal(path, new SourcePaths("/home/me/repo", [("/home/me/repo/", "/_/"), ("/home/me/repo/sub/", "/_1/")]).Relative(written));

    private static ManifestWatch Manifest(ImmutableArray<LineSpan> lines, string? digest = null) => new(
        new ProbeManifest("5eed", "default", [AuthorKind.Ai], IsShallow: false, [new WatchedFile(new RepoPath("Code.cs"), digest ?? s_digest, lines)]),
        new SourcePaths("/src", []));
}
