using System.Text;
using Airworthy.Feedback;
using Airworthy.Feedback.Formats;
using Airworthy.Model;
using CsCheck;
using Xunit;
using YamlDotNet.RepresentationModel;
using static Airworthy.Tests.Feedback.Lessons;

namespace Airworthy.Tests.Feedback;

public sealed class FormatsTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("airworthy-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("claude", ".claude/rules", ".claude/rules/airworthy.md", "paths")]
    [InlineData("copilot", ".github/instructions", ".github/instructions/airworthy.instructions.md", "applyTo")]
    [InlineData("cursor", ".cursor/rules", ".cursor/rules/airworthy.mdc", "globs")]
    public void A_file_of_our_own_says_in_well_formed_front_matter_where_it_holds(string format, string folder, string file, string key)
    {
        Directory.CreateDirectory(Path.Combine(_root, folder));

        var text = Assert.Single(Place(format, LessonSelection.Of([Lesson(1), Lesson(2) with { Scope = ["**/*.cs", "a \"b\"/**"] }], Now)));
        InstructionFile.At(_root, text.File).Apply(text.Selection, text.Head);

        Assert.Equal(file, text.File);
        var scope = FrontMatter(file)[key];
        string[] globs = scope is YamlSequenceNode list ? [.. list.Select(glob => ((YamlScalarNode)glob).Value!)] : ((YamlScalarNode)scope).Value!.Split(',');
        Assert.Equal(["src/Shop/**", "**/*.cs", "a \"b\"/**"], globs);
    }

    [Theory]
    [InlineData("claude", "CLAUDE.md")]
    [InlineData("copilot", ".github/copilot-instructions.md")]
    public void Without_a_folder_for_rules_it_is_a_block_in_the_agents_one_file(string format, string file)
    {
        var text = Assert.Single(Place(format, LessonSelection.Of([Lesson(1)], Now)));

        Assert.Equal((file, null), (text.File, text.Head));
    }

    [Fact]
    public void A_rule_that_holds_everywhere_is_always_applied()
    {
        var text = Assert.Single(Place("cursor", LessonSelection.Of([Lesson(1) with { Scope = ["**"] }], Now)));

        Assert.Contains("alwaysApply: true", text.Head, StringComparison.Ordinal);
        Assert.DoesNotContain("globs", text.Head, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_ours_is_not_overwritten_where_its_head_was_edited_by_hand()
    {
        var text = Assert.Single(Place("cursor", LessonSelection.Of([Lesson(1)], Now)));
        InstructionFile.At(_root, text.File).Apply(text.Selection, text.Head);
        var path = Path.Combine(_root, text.File);
        File.WriteAllText(path, File.ReadAllText(path).Replace("alwaysApply: false", "alwaysApply: true", StringComparison.Ordinal));

        var refused = Assert.Throws<FeedbackException>(() => InstructionFile.At(_root, text.File).Apply(LessonSelection.Of([Lesson(2)], Now), text.Head));

        Assert.Contains("edited by hand", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_imports_agents_md_is_not_told_twice()
    {
        File.WriteAllText(Path.Combine(_root, "CLAUDE.md"), "@AGENTS.md\n");
        File.WriteAllText(Path.Combine(_root, "AGENTS.md"), "x\n");

        Assert.Equal(["agents"], InstructionFormats.UsedIn(Tree()).Select(format => format.Name));
    }

    [Fact]
    public void A_link_to_agents_md_is_no_second_file()
    {
        File.WriteAllText(Path.Combine(_root, "AGENTS.md"), "x\n");
        File.CreateSymbolicLink(Path.Combine(_root, "CLAUDE.md"), "AGENTS.md");

        Assert.Equal(["agents"], InstructionFormats.UsedIn(Tree()).Select(format => format.Name));
    }

    [Fact]
    public void Any_glob_leaves_the_front_matter_well_formed() => Gen.String[1, 40].Sample(
        glob =>
        {
            var selection = LessonSelection.Of([Lesson(1) with { Scope = [glob] }], Now);
            foreach (var format in new[] { "cursor", "copilot" })
            {
                var head = Place(format, selection).First().Head;
                if (head is not null)
                {
                    var yaml = new YamlStream();
                    yaml.Load(new StringReader(head.Split("---\n")[1]));
                    Assert.IsType<YamlMappingNode>(yaml.Documents[0].RootNode);
                }
            }
        },
        iter: 300);

    [Fact]
    public void What_came_up_often_and_of_late_comes_first()
    {
        var selection = LessonSelection.Of(
            [Lesson(1), Lesson(2), Lesson(3)],
            Now,
            new Dictionary<LessonId, LessonCourse>
            {
                [new("L1")] = new(new LessonTally(8, 10, 10), null, Now.AddDays(-400)),
                [new("L2")] = new(new LessonTally(2, 10, 10), null, Now.AddDays(-1)),
                [new("L3")] = new(new LessonTally(4, 10, 10), null, Now.AddDays(-1)),
            });

        Assert.Equal(["L3", "L2", "L1"], selection.Lessons.Select(lesson => lesson.Id.Value));
    }

    [Theory]
    [InlineData(3, 100, 2, 10, false)]
    [InlineData(3, 100, 3, 100, true)]
    [InlineData(3, 100, 3, 10, true)]
    [InlineData(30, 100, 3, 100, false)]
    [InlineData(3, 100, 5, 0, false)]
    public void A_lesson_is_ineffective_when_its_class_came_back_no_less_often(int before, int changesBefore, int after, int changesAfter, bool isIneffective) =>
        Assert.Equal(
            isIneffective,
            new LessonCourse(new LessonTally(before, changesBefore, 30), new LessonTally(after, changesAfter, 30), Now).IsIneffective);

    private IEnumerable<InstructionText> Place(string format, LessonSelection selection) => InstructionFormats.Find(format)!.Place(Tree(), selection);

    private InstructionTree Tree() => new(_root, []);

    private Dictionary<string, YamlNode> FrontMatter(string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Path.Combine(_root, file), Encoding.UTF8).Split("---\n")[1]));
        return ((YamlMappingNode)yaml.Documents[0].RootNode).ToDictionary(pair => ((YamlScalarNode)pair.Key).Value!, pair => pair.Value, StringComparer.Ordinal);
    }
}
