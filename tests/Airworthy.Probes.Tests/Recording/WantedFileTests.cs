using Airworthy.Probes.Recording;
using Xunit;

namespace Airworthy.Probes.Tests.Recording;

/// <summary>What an operator writes into the file is taken up once, whenever it changes.</summary>
public sealed class WantedFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Lines_are_told_when_they_changed_and_only_then()
    {
        var file = new WantedFile(_path);
        Write("# refunds, while we look\nShop.Refunds.*\n\n", minutes: 1);
        Assert.Equal(["Shop.Refunds.*"], file.Lines()!.Value.AsEnumerable());
        Assert.Null(file.Lines());
        Write("Shop.Orders.*\nShop.Stock.*", minutes: 2);
        Assert.Equal(["Shop.Orders.*", "Shop.Stock.*"], file.Lines()!.Value.AsEnumerable());
        File.Delete(_path);
        Assert.Empty(file.Lines()!.Value);
        Assert.Null(file.Lines());
    }

    [Fact]
    public void A_file_too_large_to_be_a_list_names_nothing()
    {
        File.WriteAllText(_path, new string('a', 70_000));
        Assert.Empty(new WantedFile(_path).Lines()!.Value);
    }

    [Theory]
    [InlineData("Shop.Refunds.*", true)]
    [InlineData("*.Pieces", true)]
    [InlineData("M:Shop.Refunds.Pieces(*)", true)]
    [InlineData("Shop.Refunds", false)]
    [InlineData("shop.*", false)]
    public void A_pattern_names_a_method_by_its_name_or_its_id(string pattern, bool isNamed) =>
        Assert.Equal(isNamed, RecordingSwitch.Names(pattern, "Shop.Refunds.Pieces", "M:Shop.Refunds.Pieces(System.Int32)"));

    private void Write(string text, int minutes)
    {
        File.WriteAllText(_path, text);
        File.SetLastWriteTimeUtc(_path, new DateTime(2026, 11, 23, 12, minutes, 0, DateTimeKind.Utc));
    }
}
