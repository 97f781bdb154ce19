using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests.BadInput;

/// <summary>Clones that left objects out: what they need is never fetched by us, and nothing is told as if it were all.</summary>
public sealed class PartialCloneTests : IDisposable
{
    private const string Mend = "git fetch --refetch --no-filter";

    private readonly RepositoryBuilder _origin = new();

    public PartialCloneTests()
    {
        _origin.Git("config", "uploadpack.allowFilter", "true");
        _origin.Git("config", "uploadpack.allowAnySHA1InWant", "true");
        _origin.Write("a.cs", "one\ntwo\n").Write("b.cs", "b\n").Commit("One");
        _origin.Write("a.cs", "one\nother\n").Commit($"Two\n\n{Marks.Claude}\n");
        _origin.Write("a.cs", "one\nother\nthree\n").Commit("Three");
    }

    public static TheoryData<string, string> Asked
    {
        get
        {
            var asked = new TheoryData<string, string>();
            foreach (var verb in (string[])["scan", "scan --format json", "blame", "blame --format ndjson", "blame . a.cs", "rework", "show HEAD", "gate --base HEAD~1"])
            {
                asked.Add("blob:none", verb);
                asked.Add("tree:0", verb);
            }

            return asked;
        }
    }

    public void Dispose() => _origin.Dispose();

    [Theory]
    [MemberData(nameof(Asked))]
    public async Task What_a_clone_left_out_is_asked_of_its_owner_in_one_sentence_and_never_fetched(string filter, string verb)
    {
        using var clone = _origin.Clone($"--filter={filter}", "--no-checkout");
        var canary = Canary(clone);
        var before = Objects(clone);

        var run = await CliRun.InAsync(clone.Folder, verb.Split(' '));

        Assert.Equal((69, ""), (run.Exit, run.Out));
        Assert.Contains(Mend, Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.False(File.Exists(canary), "the remote was asked");
        Assert.Equal(before, Objects(clone));
    }

    [Fact]
    public async Task Commits_and_changes_that_need_no_blob_are_told()
    {
        using var clone = _origin.Clone("--filter=blob:none", "--no-checkout");
        var canary = Canary(clone);

        var commits = await CliRun.InAsync(clone.Folder, "commits", "--format", "ndjson");
        var changes = await CliRun.InAsync(clone.Folder, "changes", "list", "--repo", "--format", "json");

        Assert.Equal((await CliRun.InAsync(_origin.Folder, "commits", "--format", "ndjson")).Out, commits.Out);
        Assert.Equal((0, 0), (commits.Exit, changes.Exit));
        Assert.False(File.Exists(canary), "the remote was asked");
    }

    [Fact]
    public async Task The_command_that_is_advised_makes_it_whole()
    {
        using var clone = _origin.Clone("--filter=blob:none", "--no-checkout");

        clone.Git([.. Mend.Split(' ')[1..], "-q"]);
        var blame = await CliRun.InAsync(clone.Folder, "blame", "--format", "ndjson");

        Assert.Equal(0, blame.Exit);
        Assert.Equal((await CliRun.InAsync(_origin.Folder, "blame", "--format", "ndjson")).Out, blame.Out);
    }

    [Fact]
    public async Task A_clone_whose_origin_is_gone_says_the_same()
    {
        using var clone = _origin.Clone("--filter=blob:none", "--no-checkout");
        clone.Git("config", "remote.origin.url", "file:///nonexistent/repository");

        var run = await CliRun.InAsync(clone.Folder, "rework");

        Assert.Equal(69, run.Exit);
        Assert.Contains(Mend, run.Error, StringComparison.Ordinal);
    }

    /// <summary>A file that comes into being when git speaks to the remote.</summary>
    private static string Canary(RepositoryBuilder clone)
    {
        var canary = Path.Combine(clone.Folder, "..", $"canary-{Path.GetFileName(clone.Folder)}");
        clone.Git("config", "remote.origin.uploadpack", $"touch {canary}; git-upload-pack");
        clone.Git("config", "protocol.file.allow", "always");
        return canary;
    }

    private static string Objects(RepositoryBuilder clone) => clone.Git("count-objects", "-v");
}
