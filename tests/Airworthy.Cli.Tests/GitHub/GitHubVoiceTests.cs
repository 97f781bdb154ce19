using System.Text.RegularExpressions;
using Airworthy.Feedback;
using Airworthy.Feedback.GitHub;
using Airworthy.Journeys.Queries;
using Airworthy.Journeys.Telling;
using Airworthy.Model;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests.GitHub;

public partial class GitHubVoiceTests
{
    private static readonly DateTimeOffset s_seen = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task One_comment_an_incident_stands_on_the_request_and_its_issue_and_is_updated_in_place()
    {
        await using var github = await GitHubFake.StartAsync();
        github.RequestBody = "Give refunds.\n\nFixes #3, closes: #99 and see #5. Fixes other/repo#7";
        var voice = Voice(github);

        var first = await voice.TellAsync(Note(episodes: 3), TestContext.Current.CancellationToken);
        var writes = github.Writes;
        var again = await voice.TellAsync(Note(episodes: 3), TestContext.Current.CancellationToken);
        var silent = github.Writes;
        var later = await voice.TellAsync(Note(episodes: 41), TestContext.Current.CancellationToken);

        Assert.Empty(github.Refused);
        Assert.Equal(["pull request 12", "issue 3", "issue 99", "check"], first.Select(placed => placed.Place));
        Assert.All(first, placed => Assert.Equal(NoteOutcome.Created, placed.Outcome));
        Assert.All(again, placed => Assert.Equal(NoteOutcome.Same, placed.Outcome));
        Assert.Equal(writes, silent);
        Assert.All(later, placed => Assert.Equal(NoteOutcome.Updated, placed.Outcome));
        Assert.Equal([3, 12, 99], github.Comments.Where(place => place.Value.Count > 0).Select(place => place.Key).Order());
        Assert.All(github.Comments.Values, comments => Assert.Contains("41 episodes", Assert.Single(comments).Body, StringComparison.Ordinal));
        var check = Assert.Single(github.Checks);
        Assert.Equal(("neutral", "i8358"), ((string)check["conclusion"]!, (string)check["external_id"]!));
        Assert.Equal("accept-experiment", (string)check["actions"]![0]!["identifier"]!);
    }

    [Fact]
    public async Task A_comment_that_another_wrote_with_our_marker_is_left_alone()
    {
        await using var github = await GitHubFake.StartAsync();
        github.Comments[12] = [(1, "mallory", "<!-- airworthy-incident i8358 -->\nall is fine")];

        await Voice(github).TellAsync(Note(), TestContext.Current.CancellationToken);

        Assert.Equal(["mallory", "airworthy"], github.Comments[12].Select(comment => comment.By));
        Assert.Equal("<!-- airworthy-incident i8358 -->\nall is fine", github.Comments[12][0].Body);
    }

    [Fact]
    public async Task A_token_that_may_not_create_checks_still_comments()
    {
        await using var github = await GitHubFake.StartAsync();
        github.MayCheck = false;

        var placed = await Voice(github).TellAsync(Note(), TestContext.Current.CancellationToken);

        Assert.Equal([NoteOutcome.Created, NoteOutcome.Refused], placed.Select(one => one.Outcome));
        Assert.Contains("only a GitHub App", placed[1].Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme/shop", "wrong", "does not take the token")]
    [InlineData("acme/other", GitHubFake.Token, "knows no commit")]
    public async Task What_github_refuses_is_one_sentence(string repository, string token, string sentence)
    {
        await using var github = await GitHubFake.StartAsync();

        var refused = await Assert.ThrowsAsync<FeedbackException>(
            () => new GitHubVoice(github.Address, repository, token).TellAsync(Note(), TestContext.Current.CancellationToken));

        Assert.Equal(Fault.Usage, refused.Fault);
        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forge_that_does_not_answer_is_unavailable()
    {
        var refused = await Assert.ThrowsAsync<FeedbackException>(
            () => new GitHubVoice(new Uri("http://127.0.0.1:1/"), "acme/shop", "t").TellAsync(Note(), TestContext.Current.CancellationToken));

        Assert.Equal(Fault.Unavailable, refused.Fault);
    }

    [Fact]
    public void No_attempt_stands_in_a_comment_but_inside_of_a_code_span()
    {
        foreach (var attempt in HostileTexts.All)
        {
            var body = IncidentMarkdown.Write(Detail(3, attempt));

            Assert.DoesNotContain(HostileTexts.Mark, CodeSpan().Replace(body, ""), StringComparison.Ordinal);
            Assert.DoesNotContain('\u202E', body);
            Assert.True(body.Length < 8000, $"{body.Length} characters");
        }
    }

    [Fact]
    public void What_is_not_attributed_is_told_to_nobody()
    {
        var detail = Detail(3);

        Assert.Null(IncidentMarkdown.Note(detail with { Incident = detail.Incident with { Verdict = AttributionVerdict.Ambiguous } }));
        Assert.Null(IncidentMarkdown.Note(detail with { Suspects = [] }));
    }

    private static GitHubVoice Voice(GitHubFake github) => new(github.Address, "acme/shop", GitHubFake.Token);

    private static IncidentNote Note(long episodes = 3) => IncidentMarkdown.Note(Detail(episodes))!;

    private static IncidentDetail Detail(long episodes, string text = "The input string was not in a correct format.")
    {
        var suspect = new IncidentSuspect(
            new string('a', 40), "c1", text, SuspectRole.Caused, 0.91, Proof: null, [$"owns the failing line {text}:7"], AuthorKind.Ai, [new WrittenBy(text, text, text)]);
        return new IncidentDetail(
            new IncidentSummary("i8358", $"System.FormatException: {text}", text, "", s_seen, s_seen, episodes, IncidentStatus.Open, "shop", AttributionVerdict.Attributed, 0.91, text, suspect),
            "f",
            [text],
            Revision: null,
            text,
            [new TraceFrame(text, text, text, 7, text, InApp: true, Source: null)],
            [suspect],
            Diff: null,
            [],
            [],
            Proof: $"airworthy attribute --rev {text}");
    }

    [GeneratedRegex("`[^`]*`", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeSpan();
}
