using Airworthy.Feedback;
using Airworthy.Model;
using Xunit;
using static Airworthy.Tests.Feedback.Lessons;

namespace Airworthy.Tests.Feedback;

public sealed class InstructionFileTests : IDisposable
{
    private static readonly LessonSelection s_one = LessonSelection.Of([Lesson(1)], Now);

    private readonly string _root = Directory.CreateTempSubdirectory("airworthy-").FullName;

    private string Agents => Path.Combine(_root, "AGENTS.md");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_file_that_is_not_there_is_made()
    {
        Assert.True(InstructionFile.At(_root, "AGENTS.md").Apply(s_one));

        Assert.StartsWith("<!-- airworthy:begin", File.ReadAllText(Agents), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_said_already_is_not_written_again()
    {
        InstructionFile.At(_root, "AGENTS.md").Apply(s_one);

        Assert.False(InstructionFile.At(_root, "AGENTS.md").Apply(s_one));
    }

    [Fact]
    public void The_file_keeps_its_mode_and_nothing_is_left_beside_it()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("modes are of Unix");
            return;
        }

        File.WriteAllText(Agents, "# A\n");
        File.SetUnixFileMode(Agents, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        InstructionFile.At(_root, "AGENTS.md").Apply(s_one);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(Agents));
        Assert.Equal([Agents], Directory.GetFileSystemEntries(_root));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_link_is_refused(bool dangling)
    {
        var target = Path.Combine(_root, "elsewhere.md");
        if (!dangling)
        {
            File.WriteAllText(target, "theirs");
        }

        File.CreateSymbolicLink(Agents, target);

        Assert.Contains("symbolic link", Refusal("AGENTS.md"), StringComparison.Ordinal);
        Assert.Equal(!dangling, File.Exists(target) && File.ReadAllText(target) == "theirs");
    }

    [Fact]
    public void A_file_behind_a_linked_folder_is_refused()
    {
        using var outside = new InstructionFileTests();
        Directory.CreateSymbolicLink(Path.Combine(_root, "docs"), outside._root);

        Assert.Contains("symbolic link", Refusal("docs/AGENTS.md"), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(outside._root));
    }

    [Theory]
    [InlineData("../AGENTS.md")]
    [InlineData(".")]
    [InlineData("docs/../../AGENTS.md")]
    public void A_file_outside_of_the_repository_is_refused(string name) => Assert.Contains("not a file inside", Refusal(name), StringComparison.Ordinal);

    [Fact]
    public void A_folder_is_refused()
    {
        Directory.CreateDirectory(Agents);

        Assert.Contains("is a folder", Refusal("AGENTS.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_may_not_be_written_is_refused()
    {
        File.WriteAllText(Agents, "# A\n");
        File.SetAttributes(Agents, FileAttributes.ReadOnly);

        Assert.Contains("read-only", Refusal("AGENTS.md"), StringComparison.Ordinal);
        Assert.Equal("# A\n", File.ReadAllText(Agents));
        File.SetAttributes(Agents, FileAttributes.Normal);
    }

    [Fact]
    public void A_huge_file_is_refused()
    {
        File.WriteAllBytes(Agents, new byte[InstructionFile.MaxBytes + 1]);

        Assert.Contains("is not changed", Refusal("AGENTS.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_utf8_text_is_refused()
    {
        File.WriteAllText(Agents, "# A\n", System.Text.Encoding.Unicode);

        Assert.Contains("not UTF-8", Refusal("AGENTS.md"), StringComparison.Ordinal);
    }

    private string Refusal(string name) =>
        Assert.ThrowsAny<FaultException>(() => InstructionFile.At(_root, name).Apply(s_one)).Message;
}
