using System.Text;
using Airworthy.Model;
using Airworthy.Probes;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Probes;

public sealed class ProbeManifestJsonTests
{
    private static readonly Gen<WatchedFile> s_file = Gen.Select(
        Gen.String, Gen.String, Gen.Select(Gen.Int[1, 1000], Gen.Int[0, 50]).Array[0, 5],
        (path, digest, spans) => new WatchedFile(new RepoPath(path), digest, [.. spans.Select(span => new LineSpan(span.Item1, span.Item1 + span.Item2))]));

    [Fact]
    public void What_is_written_is_read_again() =>
        Gen.Select(s_file.Array[0, 5], Gen.Bool, Gen.String).Sample((files, isShallow, revision) =>
        {
            // A lone surrogate is no text: such a path is never in a manifest.
            if (files.Any(file => !file.Path.IsText || !IsText(file.Sha256)) || !IsText(revision))
            {
                return;
            }

            var manifest = new ProbeManifest(revision, "digest", [AuthorKind.Ai, AuthorKind.Unknown], isShallow, [.. files]);
            using var bytes = new MemoryStream();
            ProbeManifestJson.Write(manifest, bytes);
            bytes.Position = 0;
            var read = ProbeManifestJson.Read(bytes, "probes.json");

            Assert.Equal((manifest.Revision, manifest.PolicyDigest, manifest.IsShallow), (read.Revision, read.PolicyDigest, read.IsShallow));
            Assert.Equal(manifest.Probation, read.Probation);
            Assert.Equal(manifest.Files.Select(file => (file.Path, file.Sha256)), read.Files.Select(file => (file.Path, file.Sha256)));
            Assert.All(manifest.Files.Zip(read.Files), pair => Assert.Equal(pair.First.Lines, pair.Second.Lines));
        });

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"version\":\"1\"}")]
    [InlineData("{\"version\":1,\"revision\":null,\"policy\":\"\",\"probation\":[\"nobody\"],\"shallow\":false,\"files\":[]}")]
    [InlineData("{\"version\":1,\"revision\":\"\",\"policy\":\"\",\"probation\":[],\"shallow\":false,\"files\":[{\"path\":\"a\",\"sha256\":\"\",\"lines\":[[2,1]]}]}")]
    [InlineData("{\"version\":1,\"revision\":\"\",\"policy\":\"\",\"probation\":[],\"shallow\":false,\"files\":[{\"path\":\"a\",\"sha256\":\"\",\"lines\":[[1]]}]}")]
    [InlineData("{\"version\":1,\"revision\":\"\",\"policy\":\"\",\"probation\":[],\"shallow\":false,\"files\":[{\"path\":null,\"sha256\":\"\",\"lines\":[]}]}")]
    [InlineData("{\"version\":1,\"revision\":\"\",\"policy\":\"\",\"probation\":[],\"shallow\":false,\"files\":[{\"path\":\"a\",\"sha256\":\"\",\"lines\":[[1,99999999999]]}]}")]
    public void What_is_no_manifest_is_told_in_one_sentence(string text)
    {
        var fault = Assert.Throws<ProbeException>(() => Read(text));
        Assert.Equal(Fault.BadInput, fault.Fault);
        Assert.Contains("'probes.json' is not a manifest of probes", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_version_is_told_as_such() =>
        Assert.Contains("is a manifest of version 2, and this build reads 1", Assert.Throws<ProbeException>(() => Read("{\"version\":2}")).Message, StringComparison.Ordinal);

    [Fact]
    public void Damaged_bytes_never_crash()
    {
        using var good = new MemoryStream();
        ProbeManifestJson.Write(new ProbeManifest("5eed", "default", [AuthorKind.Ai], false, [new WatchedFile(new RepoPath("a.cs"), "00", [new LineSpan(1, 2)])]), good);
        Gen.Select(Gen.Int[0, (int)good.Length - 1], Gen.Byte).Array[1, 6].Sample(changes =>
        {
            var bytes = good.ToArray();
            foreach (var (at, value) in changes)
            {
                bytes[at] = value;
            }

            try
            {
                ProbeManifestJson.Read(new MemoryStream(bytes), "probes.json");
            }
            catch (ProbeException)
            {
                // Told; anything else fails the test.
            }
        });
    }

    private static ProbeManifest Read(string text) => ProbeManifestJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "probes.json");

    private static bool IsText(string text) => text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar) && new RepoPath(text).IsText;
}
