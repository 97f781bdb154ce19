using System.Security.Cryptography;
using System.Text.Json;

namespace Airworthy.Probes.Recording;

/// <summary>
/// A folder with one file a recording. A file is written under another name and renamed when it is whole, so that a process killed meanwhile leaves
/// nothing that is read as a recording.
/// </summary>
internal sealed class RecordingFolder(string path, RecordingKey? key, TimeProvider time)
{
    private const string Plain = ".json";
    private const string Sealed = ".aes";
    private const string Unfinished = ".part";

    /// <summary>No file longer than this is read.</summary>
    private const long MostBytes = 16 * 1024 * 1024;

    /// <summary>How old a recording may be.</summary>
    private static readonly TimeSpan s_oldest = TimeSpan.FromDays(7);

    /// <summary>Bytes of all recordings together.</summary>
    private const long MostTogether = 256 * 1024 * 1024;

    /// <summary>Writes a recording; false when it is there already.</summary>
    public bool Save(Guid id, ReadOnlySpan<byte> document)
    {
        Create();
        var finished = Path.Combine(path, id.ToString("N") + (key is null ? Plain : Sealed));
        if (File.Exists(finished))
        {
            return false;
        }

        var unfinished = Path.Combine(path, id.ToString("N") + Unfinished);
        var bytes = key is null ? document.ToArray() : key.Encrypt(document, id);
        using (var file = new FileStream(unfinished, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.WriteThrough }))
        {
            file.Write(bytes);
        }

        File.Move(unfinished, finished, overwrite: true);
        return true;
    }

    /// <summary>The recordings by id, and how many files are none, were cut off or need another key.</summary>
    public (IReadOnlyList<JsonDocument> Recordings, int Unreadable) Read()
    {
        var (recordings, unreadable) = (new List<JsonDocument>(), 0);
        foreach (var file in Files())
        {
            if (Read(file) is { } recording)
            {
                recordings.Add(recording);
            }
            else
            {
                unreadable++;
            }
        }

        return (recordings, unreadable);
    }

    /// <summary>Deletes what is older than 7 days, then the oldest until the rest takes 256 MiB at most.</summary>
    public int Trim() => Trim(s_oldest, MostTogether);

    /// <summary>Deletes what is older than an age, then the oldest until the rest fits; returns how many files are gone.</summary>
    public int Trim(TimeSpan oldest, long mostBytes)
    {
        var (deleted, bytes, since) = (0, 0L, time.GetUtcNow() - oldest);
        foreach (var file in Files().OrderByDescending(file => file.LastWriteTimeUtc).ThenBy(file => file.Name, StringComparer.Ordinal))
        {
            bytes += file.Length;
            if (file.LastWriteTimeUtc < since.UtcDateTime || bytes > mostBytes)
            {
                file.Delete();
                deleted++;
            }
        }

        return deleted;
    }

    /// <summary>For its owner alone, where the system knows such rights.</summary>
    private void Create()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private IEnumerable<FileInfo> Files() => !Directory.Exists(path)
        ? []
        : new DirectoryInfo(path).EnumerateFiles()
            .Where(file => file.Extension is Plain or Sealed or Unfinished)
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .ToArray();

    /// <summary>One recording; null when the file is none, was cut off or needs another key.</summary>
    public JsonDocument? Read(FileInfo file)
    {
        var isSealed = file.Extension == Sealed;
        if (file.Extension == Unfinished || file.Length > MostBytes || (isSealed && key is null)
            || !Guid.TryParseExact(Path.GetFileNameWithoutExtension(file.Name), "N", out var id))
        {
            return null;
        }

        try
        {
            var bytes = File.ReadAllBytes(file.FullName);
            var document = JsonDocument.Parse(isSealed ? key!.Decrypt(bytes, id) : bytes);
            if (document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("version", out var version)
                && version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var number) && number == CallDocument.Version)
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (Exception fault) when (fault is JsonException or CryptographicException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
