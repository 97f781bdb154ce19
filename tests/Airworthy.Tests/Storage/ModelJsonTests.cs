using System.Collections.Immutable;
using System.Text.Json;
using Airworthy.Model;
using Airworthy.Storage;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Storage;

public class ModelJsonTests
{
    [Fact]
    public void Any_path_of_bytes_comes_back_as_it_was() => Gen.Byte.Array.Sample(bytes =>
    {
        var path = RepoPath.FromBytes(bytes);
        Assert.Equal(path, ModelJson.Read<RepoPath>(ModelJson.Write(path)));
    });

    [Fact]
    public void Names_are_camel_case_and_ids_and_enumerations_are_text()
    {
        var suspect = new Suspect(
            CommitId.Parse(new string('a', 40)), new ChangeId("c1"), SuspectRole.Exposed, 0.5, null, [], Authorship.Unknown);
        using var json = JsonDocument.Parse(ModelJson.Write(suspect));
        Assert.Equal("exposed", json.RootElement.GetProperty("role").GetString());
        Assert.Equal(new string('a', 40), json.RootElement.GetProperty("commit").GetString());
        Assert.Equal("c1", json.RootElement.GetProperty("change").GetString());
        Assert.Equal("not-attributable", JsonSerializer.SerializeToElement(AttributionVerdict.NotAttributable, ModelJson.Options).GetString());
    }

    [Fact]
    public void A_list_that_was_never_set_is_written_and_read_as_empty()
    {
        Assert.Equal("[]", ModelJson.Write(default(ImmutableArray<int>)));
        Assert.Empty(ModelJson.Read<ImmutableArray<int>>("null"));
    }

    [Theory]
    [InlineData("\"main\"")]
    [InlineData("null")]
    [InlineData("3")]
    public void What_is_no_commit_id_is_told_as_bad_JSON(string json) =>
        Assert.Throws<JsonException>(() => ModelJson.Read<Suspect>($$"""{"commit":{{json}}}"""));
}
