using System.Text;
using Airworthy.Journeys;
using Airworthy.Model;
using Airworthy.Tests.Verification;
using Airworthy.Verification;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Journeys;

/// <summary>The file by which trials and replays hand evidence to the gate: what is written is read, and nothing else is.</summary>
public sealed class EvidenceFileTests : IDisposable
{
    private static readonly string[] s_kinds = ["trial", "fuzz", "concurrency-trial", "workflow-replay", "production-calls"];

    private static readonly Gen<Evidence> s_evidence =
        from kind in Gen.Int[0, s_kinds.Length - 1].Select(i => s_kinds[i])
        from text in Gen.String[Gen.Char[' ', '\u024F'].Where(c => !char.IsControl(c)), 1, 30]
        from hasPath in Gen.Bool
        from hasRevision in Gen.Bool
        from count in Gen.Long[0, long.MaxValue]
        from bad in Gen.Long[0, long.MaxValue]
        from instances in Gen.Int[0, int.MaxValue]
        select new Evidence(
            kind, text, text, hasPath ? new RepoPath("src/Æ b.cs") : null, hasRevision ? CommitId.Parse(new string('a', 40)) : null, count, Math.Min(bad, count), instances);

    private readonly ReportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_again() => s_evidence.Array[0, 5].Sample(
        evidence =>
        {
            using var stream = new MemoryStream();
            EvidenceFile.Write(stream, evidence);
            return EvidenceFile.Read(_folder.Write("evidence.json", stream.ToArray())).SequenceEqual(evidence);
        },
        iter: 100,
        threads: 1);

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("<coverage/>", "is no evidence file")]
    [InlineData("{\"evidence\":[", "is not well-formed JSON at line 1")]
    [InlineData("{\"evidence\":{}}", "must be {\"evidence\": [ … ]}")]
    [InlineData("{\"evidence\":[],\"more\":1}", "must be {\"evidence\": [ … ]}")]
    [InlineData("{\"evidence\":[1]}", "piece 1 is no object")]
    [InlineData("{\"evidence\":[{\"kind\":\"trial\"}]}", "piece 1 needs a whole number of at least 0 as 'count'")]
    [InlineData("{\"evidence\":[{\"kind\":\"trial\",\"kind\":\"fuzz\"}]}", "piece 1 has 'kind' twice")]
    [InlineData("{\"evidence\":[{\"kinds\":\"trial\"}]}", "unknown key 'kinds'; did you mean 'kind'?")]
    public void What_is_no_evidence_file_is_refused_in_a_sentence(string content, string says) => Refuses(content, says);

    [Theory]
    [InlineData("\"kind\":\"Trial\"", "'Trial'; a kind is lower-case letters")]
    [InlineData("\"kind\":\"human-review\"", "which the gate reads by --reviews")]
    [InlineData("\"kind\":\"statement-coverage\"", "which the gate reads by --coverage")]
    [InlineData("\"count\":-1", "whole number of at least 0 as 'count'")]
    [InlineData("\"count\":9223372036854775808", "whole number of at least 0 as 'count'")]
    [InlineData("\"bad\":11", "says 11 bad of 10")]
    [InlineData("\"instances\":2147483648", "as 'instances'")]
    [InlineData("\"unit\":null", "has no 'unit'")]
    [InlineData("\"unit\":7", "'unit' that is no text")]
    [InlineData("\"source\":\"\"", "'source' that is empty")]
    [InlineData("\"source\":\"a\\u0007\"", "control characters")]
    [InlineData("\"path\":\"../up.cs\"", "'../up.cs'; a path starts at the top")]
    [InlineData("\"path\":\"C:\\\\a.cs\"", "a path starts at the top")]
    [InlineData("\"revision\":\"main\"", "'main', which is no full commit id")]
    public void A_piece_that_is_not_understood_is_refused_since_evidence_lets_changes_pass(string value, string says)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["kind"] = "\"trial\"", ["source"] = "\"airworthy\"", ["unit"] = "\"M:A.B\"", ["count"] = "10", ["bad"] = "0", ["instances"] = "0",
        };
        var parts = value.Split(':', 2);
        values[parts[0].Trim('"')] = parts[1];

        Refuses($"{{\"evidence\":[{{{string.Join(',', values.Select(pair => $"\"{pair.Key}\":{pair.Value}"))}}}]}}", says);
    }

    [Fact]
    public void No_bytes_make_it_fall() => Gen.Byte.Array[0, 200].Sample(
        bytes =>
        {
            try
            {
                EvidenceFile.Read(_folder.Write("evidence.json", [.. "{\"evidence\":[{\"kind\":"u8, .. bytes]));
            }
            catch (EvidenceException)
            {
            }
        },
        iter: 300,
        threads: 1);

    private void Refuses(string content, string says)
    {
        var refused = Assert.Throws<EvidenceException>(() => EvidenceFile.Read(_folder.Write("evidence.json", Encoding.UTF8.GetBytes(content))));

        Assert.StartsWith("evidence.json ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }
}
