using System.Diagnostics;
using Airworthy.Probes.Recordings;
using Xunit;

namespace Airworthy.Tests.Probes;

/// <summary>A process that is killed while it records leaves whole recordings, and at most one that was never finished.</summary>
public sealed class KilledRecorderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("airworthy-killed-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task All_that_was_saved_is_read_and_nothing_halved()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Airworthy.CrashWriter.dll");
        using var recorder = Process.Start(new ProcessStartInfo("dotnet", [program, "recordings", _folder]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var saved = new List<string>();
        while (await recorder.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { Length: 32 } id)
        {
            saved.Add(id);
            if (saved.Count == 100)
            {
                recorder.Kill();
            }
        }

        await recorder.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.InRange(saved.Count, 100, int.MaxValue);
        var set = RecordingSet.Read(_folder, key: null);
        Assert.Superset(saved.ToHashSet(StringComparer.Ordinal), set.Recordings.Select(one => one.Id.ToString("N")).ToHashSet(StringComparer.Ordinal));
        Assert.InRange(set.Unreadable, 0, 1);
        Assert.All(set.Recordings, one => Assert.Equal(100_000, one.Document.GetProperty("result").GetString()!.Length));
    }
}
