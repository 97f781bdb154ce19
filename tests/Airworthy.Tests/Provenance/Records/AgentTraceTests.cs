using System.Globalization;
using System.Text;
using Airworthy.Model;
using Airworthy.Provenance.Records;
using Airworthy.Testing;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Provenance.Records;

public sealed class AgentTraceTests : IDisposable
{
    private const string Log = ".agent-trace/traces.jsonl";
    private const string Ai = """{"type":"ai","model_id":"anthropic/claude-opus-4-5"}""";

    private readonly RepositoryBuilder _repo = new();

    public void Dispose() => _repo.Dispose();

    [Fact]
    public async Task An_edit_belongs_to_the_first_descendant_of_its_revision_that_adds_the_lines()
    {
        var before = _repo.Write("a.cs", "1\n2\n").Write("b.cs", "b\n").Commit("Start");
        _repo.Write("b.cs", "b\nc\n").Commit("Another file");
        _repo.Write("a.cs", "1\n2\n3\n4\n").Commit("The edit");
        _repo.Write("a.cs", "1\n2\n3\nfour\n").Commit("By hand");
        Record(Trace(before, "a.cs", Ai, (3, 4)));
        await using var read = await ReadRepository.OpenAsync(_repo);

        var runs = await read.RunsAsync("a.cs");

        Assert.Equal(["1-2 unknown", "3 ai cursor", "4 unknown"], await read.LinesAsync("a.cs"));
        Assert.Equal(new Agent("cursor", "anthropic/claude-opus-4-5", "conv-1"), Assert.Single(runs[1].Authorship.Agents));
        Assert.Equal(("trace", Log, SignalStrength.Strong), runs[1].Authorship.Signals.Select(signal => (signal.Kind, signal.Source, signal.Strength)).Single());
        Assert.Equal(0, read.Coverage(Log).Unplaced);
    }

    [Fact]
    public async Task Lines_told_by_the_hash_of_their_text_are_found_where_they_moved_to()
    {
        var before = _repo.Write("a.cs", "1\n2\n").Commit("Start");
        _repo.Write("a.cs", "0\n0\n1\n2\nnew\nlines\n").Commit("The edit, and lines above it");
        Record(Trace(before, "a.cs", Ai, (3, 4), Murmur3.Hash("new\nlines"u8)));
        await using var read = await ReadRepository.OpenAsync(_repo);

        Assert.Equal(["1-2 unknown", "3-4 unknown", "5-6 ai cursor"], await read.LinesAsync("a.cs"));
        Assert.Equal(SignalStrength.Proof, (await read.RunsAsync("a.cs"))[2].Authorship.Signals.Single().Strength);
    }

    [Fact]
    public async Task Lines_told_by_hash_wait_for_the_commit_that_holds_them()
    {
        var before = _repo.Write("a.cs", "1\n").Commit("Start");
        _repo.Write("a.cs", "1\nother\n").Commit("Something else came first");
        _repo.Write("a.cs", "1\nother\nmine\n").Commit("The edit");
        Record(Trace(before, "a.cs", Ai, (2, 2), Murmur3.Hash("mine\n"u8)));
        await using var read = await ReadRepository.OpenAsync(_repo);

        Assert.Equal(["1 unknown", "2 unknown", "3 ai cursor"], await read.LinesAsync("a.cs"));
    }

    [Fact]
    public async Task A_contributor_of_a_range_stands_over_that_of_its_conversation_and_a_person_is_attested()
    {
        var before = _repo.Write("a.cs", "").Commit("Start");
        _repo.Write("a.cs", "1\n2\n3\n4\n").Commit("The edit");
        Record($$$$"""
            {"version":"1.0","id":"x","timestamp":"2026-03-02T09:00:00Z","vcs":{"type":"git","revision":"{{{{before}}}}"},"tool":{"name":"claude-code","version":"2"},
             "files":[{"path":"a.cs","conversations":[{"url":"file:///home/ada/t.jsonl","contributor":{{{{Ai}}}},"ranges":[
              {"start_line":1,"end_line":1},{"start_line":2,"end_line":2,"contributor":{"type":"human"}},
              {"start_line":3,"end_line":3,"contributor":{"type":"mixed"}},{"start_line":4,"end_line":4,"contributor":{"type":"unknown"}}]}]}]}
            """);
        await using var read = await ReadRepository.OpenAsync(_repo);

        Assert.Equal(["1 ai claude-code", "2 human", "3 unknown", "4 unknown"], await read.LinesAsync("a.cs"));
        Assert.Null((await read.RunsAsync("a.cs"))[0].Authorship.Agents[0].Session);
    }

    [Fact]
    public async Task A_record_without_a_range_makes_nothing_ai()
    {
        var before = _repo.Write("a.cs", "1\n2\n").Commit("Start");
        var edit = _repo.Write("a.cs", "one\n2\n").Commit("The edit");
        Record(Trace(before, "a.cs", Ai, (1, 1)));
        await using var read = await ReadRepository.OpenAsync(_repo);

        var whole = await read.OfAsync(edit);

        Assert.Equal(AuthorKind.Unknown, whole.Kind);
        Assert.Equal(("trace", SignalStrength.Weak), (Assert.Single(whole.Signals).Kind, whole.Signals[0].Strength));
        Assert.Equal(["1 unknown", "2 unknown"], await read.LinesAsync("a.cs"));
    }

    [Fact]
    public async Task What_can_be_tied_to_no_commit_is_counted()
    {
        var before = _repo.Write("a.cs", "1\n2\n").Commit("Start");
        _repo.Write("a.cs", "1\n2\nx\n").Commit("Elsewhere in the file");
        _repo.Write("a.cs", "one\ntwo\nx\n").Commit("There, but later");
        Record(
            Trace(before, "a.cs", Ai, (1, 2)),
            Trace(new string('0', 40), "a.cs", Ai, (1, 2)),
            Trace(before, "never.cs", Ai, (1, 2)),
            "{ no json",
            """{"version":"one","files":[]}""");
        await using var read = await ReadRepository.OpenAsync(_repo);

        Assert.DoesNotContain(await read.RunsAsync("a.cs"), run => run.Authorship.Kind == AuthorKind.Ai);
        Assert.Equal((5, 5), (read.Coverage(Log).Records, read.Coverage(Log).Unplaced));
    }

    [Fact]
    public async Task A_branch_that_does_not_descend_from_the_revision_is_passed_over()
    {
        _repo.Write("a.cs", "1\n").Commit("Start");
        _repo.Branch("other").Write("a.cs", "1\n2\n").Commit("Other branch");
        var before = _repo.Checkout("main").Write("b.cs", "b\n").Commit("Revision");
        _repo.Write("c.cs", "1\n2\n").Write("a.cs", "0\n1\n").Commit("The edit");
        _repo.Merge("Merge other", "other");
        Record(Trace(before, "a.cs", Ai, (1, 2)));
        await using var read = await ReadRepository.OpenAsync(_repo);

        Assert.Equal(["1 ai cursor", "2 unknown", "3 unknown"], await read.LinesAsync("a.cs"));
    }

    [Theory]
    [InlineData(".sessions")]
    [InlineData(".shell-history")]
    [InlineData(".unknown")]
    [InlineData("/etc/passwd")]
    [InlineData("../a.cs")]
    [InlineData("")]
    public void A_path_that_is_none_of_the_repositorys_is_passed_over(string path) =>
        Assert.Empty(Read(Trace(new string('a', 40), path, Ai, (1, 2))).Edits);

    [Theory]
    [InlineData("1.0", true)]
    [InlineData("0.1.0", true)]
    [InlineData("1", false)]
    [InlineData("1.0.0.0", false)]
    [InlineData("v1.0", false)]
    public void Versions_of_two_or_three_parts_are_accepted(string version, bool accepted)
    {
        var log = Read(Trace(new string('a', 40), "a.cs", Ai, (1, 2)).Replace("\"0.1.0\"", $"\"{version}\"", StringComparison.Ordinal));

        Assert.Equal((accepted ? 1 : 0, accepted ? 0 : 1), (log.Edits.Length, log.Malformed));
    }

    [Theory]
    [InlineData("1, 18446744073709551615", 200_000)]
    [InlineData("5, 3", 0)]
    [InlineData("0, 3", 0)]
    [InlineData("-1, 3", 0)]
    [InlineData("1.5, 3", 0)]
    public void An_absurd_range_is_cut_or_passed_over(string range, int lines)
    {
        var (start, end) = (range.Split(", ")[0], range.Split(", ")[1]);
        var edits = Read($$$$"""{"version":"1.0","files":[{"path":"a.cs","conversations":[{"contributor":{{{{Ai}}}},"ranges":[{"start_line":{{{{start}}}},"end_line":{{{{end}}}}}]}]}]}""").Edits;

        Assert.Equal(lines, edits.Sum(edit => edit.Span!.Value.Count));
    }

    [Theory]
    [InlineData("", 0u)]
    [InlineData("test", 0xba6bd213u)]
    [InlineData("Hello, world!", 0xc0363e43u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x2e4ff723u)]
    public void The_hash_is_the_known_one(string text, uint hash) => Assert.Equal(hash, Murmur3.Hash(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Bytes_of_any_kind_are_read_or_counted_never_thrown_at()
    {
        var whole = Encoding.UTF8.GetBytes(Trace(new string('a', 40), "a.cs", Ai, (1, 2), 7));
        Gen.OneOf(
            Gen.Byte.Array[0, 300],
            Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Select((at, b) =>
            {
                var bytes = (byte[])whole.Clone();
                bytes[at] = b;
                return bytes;
            }))
            .Sample(bytes => AgentTraceLog.Read(bytes) is var log && log.Malformed <= log.Records && log.Edits.Length <= 1);
    }

    private static AgentTraceLog Read(string log) => AgentTraceLog.Read(Encoding.UTF8.GetBytes(log));

    private void Record(params string[] records) =>
        _repo.Write(Log, string.Join('\n', records.Select(record => record.ReplaceLineEndings(" "))) + "\n").Commit("Traces");

    private static string Trace(string revision, string path, string contributor, (int Start, int End) range, uint? hash = null)
    {
        var content = hash is null ? "" : string.Create(CultureInfo.InvariantCulture, $$$$""","content_hash":"murmur3:{{{{hash:x8}}}}" """);
        return string.Create(CultureInfo.InvariantCulture, $$$$"""
            {"version":"0.1.0","id":"x","timestamp":"2026-03-02T09:00:00Z","vcs":{"type":"git","revision":"{{{{revision}}}}"},"tool":{"name":"cursor"},"metadata":{"conversation_id":"conv-1"},"files":[{"path":"{{{{path}}}}","conversations":[{"contributor":{{{{contributor}}}},"ranges":[{"start_line":{{{{range.Start}}}},"end_line":{{{{range.End}}}}{{{{content}}}}}]}]}]}
            """);
    }
}
