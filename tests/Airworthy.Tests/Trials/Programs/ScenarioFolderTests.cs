using Airworthy.Model;
using Airworthy.Trials;
using Airworthy.Trials.Programs;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Trials.Programs;

/// <summary>What a folder of scenarios says, and what is refused of it in a sentence.</summary>
public sealed class ScenarioFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("airworthy-scenarios-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Scripts_and_arguments_are_read_with_what_varies_for_all_and_for_one()
    {
        Write("copy.sh", "$RUN a b");
        Write("list.args", "-l\n$FLAGS\nname with spaces\n");
        Directory.CreateDirectory(Path.Combine(_folder, "list.files"));
        Write("vary.yml", "FLAGS: [\"\", -x]\nfiles: [given, empty]\nLC_ALL: [C, tr_TR.UTF-8]\n");
        Write("list.vary.yml", "FLAGS: [\"\", -y, -z]\nfolder: [plain, linked]\n");
        var scenarios = ScenarioFolder.Read(_folder);
        Assert.Equal(["copy True FLAGS=,-x LC_ALL=C,tr_TR.UTF-8", "list False FLAGS=,-y,-z files=given,empty LC_ALL=C,tr_TR.UTF-8 folder=plain,linked"], scenarios.Select(scenario =>
            $"{scenario.Name} {scenario.IsScript} {string.Join(' ', scenario.Dimensions.Select(dimension => $"{dimension.Name}={string.Join(',', dimension.Values)}"))}"));
        Assert.Equal(["-l", "$FLAGS", "name with spaces"], scenarios[1].Arguments);
    }

    [Theory]
    [InlineData("FLAGS: x", "mapping of names to lists")]
    [InlineData("FLAGS: []", "'FLAGS' has 0 values; give it 1 to 64")]
    [InlineData("flags: [a]", "'flags' is neither 'files' nor 'folder' nor the name of a variable")]
    [InlineData("RUN: [a]", "$RUN is the program's command")]
    [InlineData("files: [huge]", "'files' can't be 'huge'; it can be given, empty, large, linked")]
    [InlineData("A: [\"x\\0y\"]", "holds a NUL")]
    [InlineData("A: [b", "mapping of names to lists")]
    public void A_mistake_in_what_varies_is_one_sentence_that_names_the_file(string yaml, string says)
    {
        Write("copy.sh", "true");
        Write("vary.yml", yaml);
        var refused = Assert.Throws<TrialException>(() => ScenarioFolder.Read(_folder));
        Assert.Equal(Fault.BadInput, refused.Fault);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.Contains("vary.yml", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_folder_one_that_is_not_there_and_a_name_used_twice_are_refused()
    {
        Assert.Contains("holds no scenario", Assert.Throws<TrialException>(() => ScenarioFolder.Read(_folder)).Message, StringComparison.Ordinal);
        Assert.Equal(Fault.Usage, Assert.Throws<TrialException>(() => ScenarioFolder.Read(Path.Combine(_folder, "gone"))).Fault);
        Write("a.sh", "");
        Write("a.args", "");
        Assert.Contains("both a.sh and a.args", Assert.Throws<TrialException>(() => ScenarioFolder.Read(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_stands_in_the_files_there_is_an_answer_or_a_sentence() => Gen.Byte.Array[0, 200].Sample(
        bytes =>
        {
            File.WriteAllBytes(Path.Combine(_folder, "x.args"), bytes);
            File.WriteAllBytes(Path.Combine(_folder, "vary.yml"), bytes);
            try
            {
                _ = ScenarioFolder.Read(_folder);
            }
            catch (TrialException)
            {
                // That is the sentence.
            }
        },
        iter: 500,
        threads: 1);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
