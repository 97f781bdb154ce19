using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Airworthy.Model;

namespace Airworthy.Trials.Programs;

/// <summary>Reads what lies in a folder after a run: GNU <c>find</c> tells what .NET does not, links and inodes.</summary>
internal static class LeftFiles
{
    /// <summary>Entries of which no more are read: a program gone wild.</summary>
    private const int MostEntries = 20_000;

    /// <summary>Bytes whose content is read, over all files of a run.</summary>
    private const long MostBytes = 256L * 1024 * 1024;

    private const int MostText = 64 * 1024;
    private const int Fields = 8;

    /// <summary>By path from the folder, in order.</summary>
    /// <exception cref="TrialException"><c>find</c> is not there.</exception>
    public static async Task<ImmutableSortedDictionary<string, LeftFile>> ReadAsync(string folder, DateTimeOffset began, CancellationToken cancel)
    {
        var listed = await ListAsync(folder, cancel);
        var names = listed.Where(entry => entry.Links > 1)
            .GroupBy(entry => entry.Inode, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(entry => entry.Path).Order(StringComparer.Ordinal).ToList(), StringComparer.Ordinal);
        var left = MostBytes;
        var files = ImmutableSortedDictionary.CreateBuilder<string, LeftFile>(StringComparer.Ordinal);
        foreach (var entry in listed.OrderBy(entry => entry.Path, StringComparer.Ordinal))
        {
            string? content = null;
            if (entry.Kind == "f" && entry.Size <= left)
            {
                left -= entry.Size;
                content = await ContentAsync(Path.Combine(folder, entry.Path), entry.Size, cancel);
            }

            files[entry.Path] = new LeftFile(
                entry.Kind,
                entry.Mode,
                entry.Kind == "f" ? entry.Size : 0,
                content,
                entry.Kind == "l" ? entry.Target : null,
                entry.Kind == "f" && names.GetValueOrDefault(entry.Inode) is { Count: > 1 } same ? same.Find(path => path != entry.Path) : null,
                entry.Kind != "l" && entry.Time < began.ToUnixTimeSeconds() - 2 ? entry.Time.ToString(CultureInfo.InvariantCulture) : null);
        }

        return files.ToImmutable();
    }

    private static async Task<List<Entry>> ListAsync(string folder, CancellationToken cancel)
    {
        var start = new ProcessStartInfo("find", ["-P", ".", "-mindepth", "1", "-printf", @"%P\0%y\0%m\0%n\0%i\0%s\0%T@\0%l\0"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["LC_ALL"] = "C";
        using var find = Process.Start(start) ?? throw new TrialException(Fault.Unavailable, "find can't be run; install findutils");
        find.ErrorDataReceived += (_, _) => { };
        find.BeginErrorReadLine();
        var entries = new List<Entry>();
        var field = new StringBuilder();
        var fields = new List<string>(Fields);
        var buffer = new char[8192];
        while (await find.StandardOutput.ReadAsync(buffer, cancel) is var count and > 0)
        {
            foreach (var letter in buffer.AsMemory(0, count).ToArray())
            {
                if (letter != '\0')
                {
                    field.Append(letter);
                    continue;
                }

                fields.Add(field.ToString());
                field.Clear();
                if (fields.Count == Fields)
                {
                    if (entries.Count < MostEntries)
                    {
                        entries.Add(Entry.Of(fields));
                    }

                    fields.Clear();
                }
            }
        }

        await find.WaitForExitAsync(cancel);
        return entries;
    }

    private static async Task<string?> ContentAsync(string file, long size, CancellationToken cancel)
    {
        try
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (size > MostText)
            {
                return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancel));
            }

            var bytes = new byte[size];
            var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
            return OutputText.IsText(bytes.AsSpan(0, read)) ? Encoding.UTF8.GetString(bytes, 0, read) : Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, read)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private sealed record Entry(string Path, string Kind, string Mode, long Links, string Inode, long Size, long Time, string Target)
    {
        public static Entry Of(List<string> fields) => new(
            fields[0], fields[1], fields[2], Number(fields[3]), fields[4], Number(fields[5]), Number(fields[6].Split('.')[0]), fields[7]);

        private static long Number(string text) => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
