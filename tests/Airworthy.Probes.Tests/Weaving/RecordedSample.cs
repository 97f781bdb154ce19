using System.Text.Json;
using Airworthy.Probes.Recording;

namespace Airworthy.Probes.Tests.Weaving;

/// <summary>Switches recordings on in this process, and reads what was recorded.</summary>
internal static class RecordedSample
{
    private static readonly Lazy<Recorder> s_everything = new(() => New(Directory.CreateTempSubdirectory("airworthy-recordings-").FullName).Recorder);

    /// <summary>All methods of all modules, of which nothing is read back.</summary>
    public static void RecordEverything() => RecordingSwitch.Set(s_everything.Value, ["*"]);

    public static (Recorder Recorder, RecordingQueue Queue, RecordingFolder Folder) New(string path, TimeProvider? time = null)
    {
        var folder = new RecordingFolder(path, key: null, TimeProvider.System);
        var queue = new RecordingQueue(folder);
        return (new Recorder(queue, () => new Redactor(), "sample", time ?? TimeProvider.System), queue, folder);
    }

    /// <summary>Loads a source woven for recordings, runs it with the calls of the given methods recorded, and gives the recordings.</summary>
    public static IReadOnlyList<JsonElement> Of(string source, string patterns, Action<LoadedSample> run, TimeProvider? time = null)
    {
        var path = Directory.CreateTempSubdirectory("airworthy-recordings-").FullName;
        try
        {
            var (recorder, queue, folder) = New(path, time);
            using var sample = new LoadedSample(Compiled.From(source).Weave(isRecordable: true).Image);
            RecordingSwitch.Set(recorder, [.. patterns.Split(';')]);
            run(sample);
            RecordingSwitch.Set(recorder, []);
            queue.Finish();
            return [.. folder.Read().Recordings.Select(document => document.RootElement.Clone())];
        }
        finally
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
