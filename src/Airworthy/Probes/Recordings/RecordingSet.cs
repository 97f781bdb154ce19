using System.Collections.Immutable;
using Airworthy.Model;
using Airworthy.Probes.Recording;

namespace Airworthy.Probes.Recordings;

/// <summary>The recordings of a folder.</summary>
/// <param name="Recordings">In the order of their time.</param>
/// <param name="Unreadable">Files that are no recording, were cut off or need another key.</param>
public sealed record RecordingSet(ImmutableArray<RecordedCall> Recordings, int Unreadable)
{
    /// <summary>Reads a folder, or a single file.</summary>
    /// <param name="path">The folder or the file.</param>
    /// <param name="key">The key of sealed ones, 32 bytes in base64; null when there is none.</param>
    /// <exception cref="ProbeException">There is neither, or the key is none.</exception>
    public static RecordingSet Read(string path, string? key)
    {
        using var opened = Open(key);
        var folder = new RecordingFolder(Directory.Exists(path) ? path : Path.GetDirectoryName(path)!, opened, TimeProvider.System);
        if (File.Exists(path))
        {
            return Of(folder.Read(new FileInfo(path)) is { } one ? [one] : [], 1);
        }

        if (!Directory.Exists(path))
        {
            throw new ProbeException(Fault.Usage, $"there is no folder '{path}' of recordings; name the one that AIRWORTHY_RECORDINGS named for the program that recorded");
        }

        var (documents, unreadable) = folder.Read();
        return Of(documents, documents.Count + unreadable);
    }

    /// <summary>The one whose id begins so.</summary>
    /// <exception cref="ProbeException">There is none, or more than one.</exception>
    public RecordedCall Find(string id) => Recordings.Where(one => one.Id.ToString("N").StartsWith(id.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)).Take(2).ToArray() switch
    {
        [var only] => only,
        [] => throw new ProbeException(Fault.Usage, $"no recording's id begins with '{id}'; see 'airworthy recordings list'"),
        _ => throw new ProbeException(Fault.Usage, $"more than one recording's id begins with '{id}'; give more of it"),
    };

    private static RecordingSet Of(IReadOnlyList<System.Text.Json.JsonDocument> documents, int files)
    {
        var read = documents.Select(document => RecordedCall.Read(document.RootElement)).OfType<RecordedCall>().ToList();
        return new RecordingSet([.. read.OrderBy(one => one.Time).ThenBy(one => one.Id)], files - read.Count);
    }

    private static RecordingKey? Open(string? key)
    {
        try
        {
            return string.IsNullOrEmpty(key) ? null : RecordingKey.Parse(key);
        }
        catch (FormatException wrong)
        {
            throw new ProbeException(Fault.Usage, $"AIRWORTHY_RECORDINGS_KEY: {wrong.Message}", wrong);
        }
    }
}
