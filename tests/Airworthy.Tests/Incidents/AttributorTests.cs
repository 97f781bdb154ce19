using Airworthy.Code;
using Airworthy.Git;
using Airworthy.Incidents;
using Airworthy.Journeys;
using Airworthy.Model;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Incidents;

public sealed class AttributorTests : IDisposable
{
    private const string Money = """
        namespace Shop;

        public static class Money
        {
            public static decimal Parse(string text)
            {
                if (text.Length == 0)
                {
                    throw new ArgumentException("an amount is needed", nameof(text));
                }

                return decimal.Parse(text);
            }
        }

        """;

    private const string Refunds = """
        namespace Shop;

        public sealed class Refunds
        {
            public decimal Split(string total, int parts)
            {
                var amount = Money.Parse(total);
                return amount / parts;
            }

            public string Describe() => "refunds";
        }

        """;

    private const string DivideTrace = """
        System.DivideByZeroException: Attempted to divide by zero.
           at System.Decimal.DecCalc.VarDecDiv(DecCalc& d1, DecCalc& d2)
           at Shop.Refunds.Split(String total, Int32 parts) in /_/src/Refunds.cs:line 8
        """;

    private const string GuardTrace = """
        System.ArgumentException: an amount is needed (Parameter 'text')
           at Shop.Money.Parse(String text) in /_/src/Money.cs:line 9
           at Shop.Refunds.Split(String total, Int32 parts) in /_/src/Refunds.cs:line 7
        """;

    private const string SplitFrame = "   at Shop.Refunds.Split(String total, Int32 parts) in /_/src/Refunds.cs:line 7\n";

    private readonly RepositoryBuilder _repository = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_last_to_change_the_failing_line_caused_it()
    {
        Shop();
        var culprit = Change("src/Refunds.cs", Refunds.Replace("amount / parts", "amount / (parts - 1)", StringComparison.Ordinal), "Leave one part out");
        Change("README.md", "a later change elsewhere\n", "Say more");

        var answer = await AttributeAsync(DivideTrace);

        Assert.Equal(AttributionVerdict.Attributed, answer.Verdict);
        Assert.Equal((culprit, SuspectRole.Caused), (answer.Suspects[0].Commit.Hex, answer.Suspects[0].Role));
        Assert.Contains("src/Refunds.cs:8", answer.Suspects[0].Reasons[0], StringComparison.Ordinal);
        Assert.True(answer.Suspects.Sum(suspect => suspect.Score) <= 1);
    }

    [Fact]
    public async Task A_change_that_only_deleted_a_check_is_a_suspect()
    {
        const string check = "        if (parts == 0)\n        {\n            return 0;\n        }\n\n";
        var guarded = Refunds.Replace("        return amount / parts;", check + "        return amount / parts;", StringComparison.Ordinal);
        _repository.Write("src/Refunds.cs", guarded).Write("src/Money.cs", Money);
        _repository.Commit("Open the shop");
        _repository.Wait(TimeSpan.FromDays(120));
        var deleted = Change("src/Refunds.cs", Refunds, "Simplify");
        Change("README.md", "a later change elsewhere\n", "Say more");

        var suspect = Assert.Single((await AttributeAsync(DivideTrace)).Suspects, suspect => suspect.Commit.Hex == deleted);
        Assert.Contains(suspect.Reasons, reason => reason == "took lines away in Refunds.Split(string, int)");
    }

    [Fact]
    public async Task A_failing_dependency_is_not_attributable()
    {
        Shop();
        var answer = await AttributeAsync(
            """
            System.Net.Http.HttpRequestException: Connection refused (payments:443)
             ---> System.Net.Sockets.SocketException (111): Connection refused
               at System.Net.Sockets.Socket.AwaitableSocketAsyncEventArgs.ThrowException(SocketError error, CancellationToken cancellationToken)
               at System.Net.Http.HttpConnectionPool.ConnectToTcpHostAsync(String host)
               --- End of inner exception stack trace ---
               at System.Net.Http.HttpClient.SendAsync(HttpRequestMessage request)
               at Shop.Refunds.Split(String total, Int32 parts) in /_/src/Refunds.cs:line 7
            """);

        Assert.Equal(AttributionVerdict.NotAttributable, answer.Verdict);
        Assert.Contains("a failing dependency", answer.Reason, StringComparison.Ordinal);
        Assert.Empty(answer.Suspects);
    }

    [Theory]
    [InlineData("System.IO.IOException: No space left on device : '/data/orders.log'\n   at System.IO.RandomAccess.WriteAtOffset(SafeFileHandle handle)\n")]
    [InlineData("System.IO.IOException: Data error (cyclic redundancy check).\n\n")]
    [InlineData("System.Data.SQLite.SQLiteException (0x800007FF): disk I/O error\n   at System.Data.SQLite.SQLite3.Reset(SQLiteStatement stmt)\n")]
    [InlineData("Corrupt: SQLitePCL.pretty.SQLiteException: database disk image is malformed\n   at SQLitePCL.pretty.SQLiteException.CheckOk(sqlite3 db, Int32 rc)\n")]
    public async Task A_disk_or_database_that_is_broken_is_not_attributable(string thrown)
    {
        Shop();
        var answer = await AttributeAsync(thrown + SplitFrame);

        Assert.Equal(AttributionVerdict.NotAttributable, answer.Verdict);
        Assert.Contains("a failing dependency", answer.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("System.IO.IOException: The process cannot access the file 'orders.log' because it is being used by another process.\n   at System.IO.FileStream..ctor(String path)\n")]
    [InlineData("System.Data.SQLite.SQLiteException (0x80004005): SQL logic error\nno such table: refunds\n   at System.Data.SQLite.SQLite3.Prepare(String sql)\n")]
    [InlineData("System.OutOfMemoryException: Array dimensions exceeded supported range.\n   at System.Collections.Generic.List`1.set_Capacity(Int32 value)\n")]
    public async Task A_file_a_query_or_memory_that_the_code_asked_wrongly_for_is_attributed(string thrown)
    {
        Shop();
        Assert.NotEmpty((await AttributeAsync(thrown + SplitFrame)).Suspects);
    }

    [Fact]
    public async Task A_trace_within_frameworks_alone_is_not_attributable_and_names_them()
    {
        Shop();
        var answer = await AttributeAsync("System.Exception: x\n   at System.Text.Json.JsonSerializer.Read()\n   at Microsoft.AspNetCore.Http.Pipeline.Run()\n");
        Assert.Equal(AttributionVerdict.NotAttributable, answer.Verdict);
        Assert.Contains("all 2 frames are outside this repository (System.Text", answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_owner_of_a_guard_is_innocent_of_what_its_caller_passed()
    {
        var innocent = Shop();
        var culprit = Change("src/Refunds.cs", Refunds.Replace("Money.Parse(total)", "Money.Parse(total.Trim('0'))", StringComparison.Ordinal), "Trim zeros");

        var answer = await AttributeAsync(GuardTrace);

        Assert.Equal(culprit, answer.Suspects[0].Commit.Hex);
        Assert.Equal(SuspectRole.Caused, answer.Suspects[0].Role);
        Assert.DoesNotContain(answer.Suspects.Take(1), suspect => suspect.Commit.Hex == innocent);
        Assert.Equal(AttributionVerdict.Attributed, answer.Verdict);
    }

    [Fact]
    public async Task A_guard_younger_than_the_call_it_refuses_is_not_excused()
    {
        _repository.Write("src/Refunds.cs", Refunds).Commit("Refunds");
        _repository.Wait(TimeSpan.FromDays(90));
        var guard = Change("src/Money.cs", Money, "Refuse empty amounts");

        Assert.Equal(guard, (await AttributeAsync(GuardTrace)).Suspects[0].Commit.Hex);
    }

    [Fact]
    public async Task What_a_trial_found_counts_against_the_change_it_tried_and_only_where_it_failed()
    {
        Shop();
        var culprit = CommitId.Parse(Change("src/Refunds.cs", Refunds.Replace("amount / parts", "amount / (parts - 1)", StringComparison.Ordinal), "Leave one part out"));
        Evidence Found(string unit, int bad) => new("trial", "airworthy trial", unit, new RepoPath("src/Refunds.cs"), culprit, Count: 40, bad, Instances: 0);

        async Task<IEnumerable<string>> ReasonsAsync(Evidence found)
        {
            await using var git = await GitRepository.OpenAsync(_repository.Folder, Cancel);
            var query = new AttributionQuery(StackTraces.Read(DivideTrace)!, new DeployedRevision(CommitId.Parse(_repository.Head), RevisionSource.Given, Degraded: false), FirstSeen: null);
            return (await AttributeJourney.RunAsync(git, query, requests: [], [found], Cancel)).Suspects[0].Reasons;
        }

        const string split = "M:Shop.Refunds.Split(System.String,System.Int32)";
        Assert.Contains($"airworthy trial found 3 of 40 bad in {split} before it merged", await ReasonsAsync(Found(split, 3)));
        Assert.DoesNotContain(await ReasonsAsync(Found(split, 0)), reason => reason.Contains("trial", StringComparison.Ordinal));
        Assert.DoesNotContain(await ReasonsAsync(Found("M:Shop.Money.Parse(System.String)", 3)), reason => reason.Contains("trial", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_wrote_a_suspect_never_moves_its_score()
    {
        Shop();
        Change("src/Refunds.cs", Refunds.Replace("amount / parts", "amount / (parts - 1)", StringComparison.Ordinal), "Leave one part out");
        var ai = new Authorship(AuthorKind.Ai, [new Agent("claude-code")], [], AuthorshipBasis.Commit);
        var human = Authorship.Unknown with { Kind = AuthorKind.Human };

        var told = await AttributeAsync(DivideTrace, authorship: ai);
        var swapped = await AttributeAsync(DivideTrace, authorship: human);

        Assert.Equal(told.Suspects.Select(Without), swapped.Suspects.Select(Without));
        Assert.Equal((told.Verdict, told.Confidence), (swapped.Verdict, swapped.Confidence));
        Assert.Equal(AuthorKind.Human, swapped.Suspects[0].Authorship.Kind);

        static (CommitId Commit, double Score, string Reasons) Without(Suspect suspect) => (suspect.Commit, suspect.Score, string.Join('|', suspect.Reasons));
    }

    [Fact]
    public async Task Lines_keep_their_author_when_their_file_moves()
    {
        Shop();
        var culprit = Change("src/Refunds.cs", Refunds.Replace("amount / parts", "amount / (parts - 1)", StringComparison.Ordinal), "Leave one part out");
        _repository.Move("src/Refunds.cs", "src/Domain/Refunds.cs").Commit("Sort files into folders");

        Assert.Equal(culprit, (await AttributeAsync(DivideTrace.Replace("src/", "src/Domain/", StringComparison.Ordinal))).Suspects[0].Commit.Hex);
    }

    [Fact]
    public async Task Commits_to_be_ignored_by_blame_own_nothing()
    {
        Shop();
        var culprit = Change("src/Refunds.cs", Refunds.Replace("amount / parts", "amount / (parts - 1)", StringComparison.Ordinal), "Leave one part out");
        var format = Change("src/Refunds.cs", Refunds.Replace("return amount / parts", "return amount  /  (parts - 1)", StringComparison.Ordinal), "Reformat");
        Change(".git-blame-ignore-revs", format + "\n", "Ignore the reformat");

        Assert.Equal(culprit, (await AttributeAsync(DivideTrace)).Suspects[0].Commit.Hex);
    }

    [Fact]
    public async Task A_change_of_white_space_owns_nothing()
    {
        Shop();
        var culprit = Change("src/Refunds.cs", Refunds.Replace("amount / parts", "amount / (parts - 1)", StringComparison.Ordinal), "Leave one part out");
        var indented = Change("src/Refunds.cs", Refunds.Replace("        return amount / parts", "    return  amount / (parts - 1)", StringComparison.Ordinal), "Indent");

        var answer = await AttributeAsync(DivideTrace);

        Assert.Equal(culprit, answer.Suspects[0].Commit.Hex);
        Assert.DoesNotContain(answer.Suspects, suspect => suspect.Commit.Hex == indented && suspect.Reasons.Any(reason => reason.StartsWith("owns", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_change_whose_lines_were_written_over_since_is_still_a_suspect()
    {
        Shop();
        var first = Change("src/Refunds.cs", Refunds.Replace("amount / parts", "amount / (parts - 1)", StringComparison.Ordinal), "Leave one part out");
        Change("src/Refunds.cs", "// the refunds\n\n" + Refunds.Replace("amount / parts", "amount / (parts - 2)", StringComparison.Ordinal), "Leave two parts out");

        var answer = await AttributeAsync(DivideTrace.Replace("line 8", "line 10", StringComparison.Ordinal));

        Assert.Single(answer.Suspects, suspect => suspect.Commit.Hex == first);
    }

    [Fact]
    public async Task What_landed_after_it_was_first_seen_is_no_suspect()
    {
        Shop();
        var culprit = Change("src/Refunds.cs", Refunds.Replace("amount / parts", "amount / (parts - 1)", StringComparison.Ordinal), "Leave one part out");
        var seen = _repository.Now;
        _repository.Wait(TimeSpan.FromDays(2));
        var later = Change("src/Refunds.cs", Refunds.Replace("amount / parts", "amount / (parts - 2)", StringComparison.Ordinal), "Worse");

        var tip = new DeployedRevision(CommitId.Parse(_repository.Head), RevisionSource.BranchTip, Degraded: true);
        var answer = await AttributeAsync(DivideTrace, tip, seen);

        Assert.Equal(culprit, answer.Suspects[0].Commit.Hex);
        Assert.DoesNotContain(answer.Suspects, suspect => suspect.Commit.Hex == later);
        Assert.True(answer.Revision.Degraded);
    }

    [Fact]
    public async Task A_revision_that_is_not_known_is_said_and_nobody_is_blamed()
    {
        Shop();
        var answer = await AttributeAsync(DivideTrace, new DeployedRevision(null, RevisionSource.ServiceVersion, Degraded: false));
        Assert.Equal((AttributionVerdict.NotAttributable, 0), (answer.Verdict, answer.Suspects.Length));
        Assert.Contains("revision", answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_commits_that_fit_alike_are_ambiguous()
    {
        Shop();
        var renamed = Refunds.Replace("var amount", "var sum", StringComparison.Ordinal).Replace("amount / parts", "sum / parts", StringComparison.Ordinal);
        Change("src/Refunds.cs", renamed, "Rename");
        Change("src/Refunds.cs", renamed.Replace("        var sum", "        _ = parts;\n        var sum", StringComparison.Ordinal), "Use parts");

        var answer = await AttributeAsync("System.DivideByZeroException: x\n   at Shop.Refunds.Split(String total, Int32 parts)\n");

        Assert.Equal(AttributionVerdict.Ambiguous, answer.Verdict);
        Assert.InRange(answer.Confidence, 0.05, 0.5);
    }

    [Fact]
    public async Task Without_a_line_the_function_is_found_by_its_symbol()
    {
        Shop();
        var answer = await AttributeAsync("System.DivideByZeroException: x\n   at Shop.Refunds.Split(String total, Int32 parts)\n");
        Assert.Equal((new RepoPath("src/Refunds.cs"), "M:Shop.Refunds.Split(System.String,System.Int32)"), (answer.Frames[0].Path, answer.Frames[0].Unit!.Symbol));
    }

    [Fact]
    public async Task Lines_taken_away_in_the_release_are_evidence()
    {
        Shop();
        var checkedParts = Refunds.Replace("        var amount", "        if (parts == 0)\n        {\n            return 0;\n        }\n\n        var amount", StringComparison.Ordinal);
        Change("src/Refunds.cs", checkedParts, "Check parts");
        var good = CommitId.Parse(_repository.Head);
        var culprit = Change("src/Refunds.cs", Refunds, "Simplify");

        var answer = await AttributeAsync(DivideTrace, before: good);

        Assert.Equal(culprit, answer.Suspects[0].Commit.Hex);
        Assert.Contains(answer.Suspects[0].Reasons, reason => reason.Contains("took lines away", StringComparison.Ordinal));
    }

    public void Dispose() => _repository.Dispose();

    private string Shop()
    {
        _repository.Write("src/Refunds.cs", Refunds).Write("src/Money.cs", Money);
        var first = _repository.Commit("Open the shop");
        _repository.Wait(TimeSpan.FromDays(120));
        return first;
    }

    private string Change(string path, string content, string message)
    {
        var commit = _repository.Write(path, content).Commit(message);
        _repository.Wait(TimeSpan.FromHours(5));
        return commit;
    }

    private async Task<Attribution> AttributeAsync(
        string text, DeployedRevision? revision = null, DateTimeOffset? seen = null, CommitId? before = null, Authorship? authorship = null)
    {
        await using var git = await GitRepository.OpenAsync(_repository.Folder, Cancel);
        var attributor = AttributeJourney.AttributorOf(
            git, (_, _) => ValueTask.FromResult(authorship ?? Authorship.Unknown), (_, _) => ValueTask.FromResult<ChangeId?>(null));
        revision ??= new DeployedRevision(CommitId.Parse(_repository.Head), RevisionSource.Given, Degraded: false);
        return await attributor.AttributeAsync(new AttributionQuery(StackTraces.Read(text)!, revision, seen, before), Cancel);
    }
}
