using System.Text;
using Airworthy.Probes.Recording;
using Xunit;

namespace Airworthy.Probes.Tests.Recording;

/// <summary>What is in the folder is whole, or counted as unreadable.</summary>
public sealed class RecordingFolderTests : IDisposable
{
    private const string Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private readonly string _path = Directory.CreateTempSubdirectory("recordings").FullName;

    [Fact]
    public void A_call_that_threw_is_read_back_as_it_was_written()
    {
        var folder = new RecordingFolder(_path, key: null, TimeProvider.System);
        var method = new RecordedMethod("M:Shop.Refunds.Whole(System.Int32)", ["order"]) { Service = "shop", Revision = "abc" };
        var id = Guid.NewGuid();
        var document = new CallDocument(method, receiver: null, [7], [], TimeProvider.System.GetUtcNow(), new Redactor(), RecordingLimits.Default);
        Assert.True(folder.Save(id, document.End(id, [12], result: null, new FormatException(), OutwardLog.New())));
        var (recordings, unreadable) = folder.Read();
        var root = Assert.Single(recordings).RootElement;
        Assert.Equal(0, unreadable);
        Assert.Equal(id, root.GetProperty("id").GetGuid());
        Assert.Equal("M:Shop.Refunds.Whole(System.Int32)", root.GetProperty("unit").GetString());
        Assert.Equal(7, root.GetProperty("arguments")[0].GetProperty("value").GetInt32());
        Assert.Equal("System.FormatException", root.GetProperty("exception").GetProperty("type").GetString());
        Assert.False(root.TryGetProperty("result", out _));
    }

    [Fact]
    public void What_a_killed_process_left_is_counted_and_not_read()
    {
        var folder = new RecordingFolder(_path, key: null, TimeProvider.System);
        folder.Save(Guid.NewGuid(), """{"version":1}"""u8);
        File.WriteAllText(Path.Combine(_path, Guid.NewGuid().ToString("N") + ".part"), """{"version":1}""");
        File.WriteAllText(Path.Combine(_path, Guid.NewGuid().ToString("N") + ".json"), """{"version":""");
        File.WriteAllText(Path.Combine(_path, "notes.json"), """{"version":1}""");
        var (recordings, unreadable) = folder.Read();
        Assert.Single(recordings);
        Assert.Equal(3, unreadable);
    }

    [Fact]
    public void With_a_key_nothing_is_legible_without_it()
    {
        using var key = RecordingKey.Parse(Key);
        new RecordingFolder(_path, key, TimeProvider.System).Save(Guid.NewGuid(), """{"version":1,"unit":"M:Legible"}"""u8);
        var file = Assert.Single(Directory.GetFiles(_path));
        Assert.DoesNotContain("Legible", Encoding.Latin1.GetString(File.ReadAllBytes(file)), StringComparison.Ordinal);
        Assert.Single(new RecordingFolder(_path, key, TimeProvider.System).Read().Recordings);
        Assert.Equal(1, new RecordingFolder(_path, key: null, TimeProvider.System).Read().Unreadable);
    }

    [Fact]
    public void A_sealed_recording_under_another_name_is_not_read()
    {
        using var key = RecordingKey.Parse(Key);
        var folder = new RecordingFolder(_path, key, TimeProvider.System);
        folder.Save(Guid.NewGuid(), """{"version":1}"""u8);
        File.Move(Assert.Single(Directory.GetFiles(_path)), Path.Combine(_path, Guid.NewGuid().ToString("N") + ".aes"));
        Assert.Equal(1, folder.Read().Unreadable);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAEC")]
    [InlineData("not base64 at all")]
    public void A_key_that_is_none_is_refused(string text) => Assert.Contains("32 bytes", Assert.Throws<FormatException>(() => RecordingKey.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Old_recordings_go_and_then_the_oldest_that_do_not_fit()
    {
        var folder = new RecordingFolder(_path, key: null, TimeProvider.System);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        foreach (var age in new[] { 0, 1, 2, 30 })
        {
            var id = Guid.NewGuid();
            folder.Save(id, """{"version":1}"""u8);
            File.SetLastWriteTimeUtc(Path.Combine(_path, id.ToString("N") + ".json"), now.AddDays(-age));
        }

        Assert.Equal(1, folder.Trim(TimeSpan.FromDays(7), mostBytes: 1000));
        Assert.Equal(1, folder.Trim(TimeSpan.FromDays(7), mostBytes: 26));
        Assert.Equal(2, folder.Read().Recordings.Count);
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
