using System.Text;
using System.Text.Json;
using System.Xml;

namespace Airworthy.Verification;

/// <summary>A report on disk, opened so that whatever stands in it takes bounded memory.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">Its name for people.</param>
public sealed record ReportFile(string Path, string Name)
{
    /// <summary>The largest report that is read; XML and text are streamed.</summary>
    public const long MaxBytes = 2L * 1024 * 1024 * 1024;

    /// <summary>The largest JSON report; it is held in memory.</summary>
    public const int MaxJsonBytes = 256 * 1024 * 1024;

    private const int MaxLineChars = 1024 * 1024;
    private const int StartBytes = 4096;

    private static readonly XmlReaderSettings s_settings = new()
    {
        // JaCoCo and coverage.py name a DTD; it is never fetched, and an entity of a report's own is refused where it is used.
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        CloseInput = true,
    };

    /// <summary>The first characters, by which a format is known; the text decoded as the byte order mark says, UTF-8 without one.</summary>
    /// <exception cref="EvidenceException">The report is empty, too large or not to be read.</exception>
    public string Start()
    {
        using var stream = Open();
        if (stream.Length == 0)
        {
            throw Refused("is empty; the tests that write it may have failed before they ran");
        }

        var buffer = new byte[StartBytes];
        var read = stream.ReadAtLeast(buffer, StartBytes, throwOnEndOfStream: false);
        using var text = new StreamReader(new MemoryStream(buffer, 0, read), Encoding.UTF8);
        return text.ReadToEnd().TrimStart();
    }

    /// <summary>Lets <paramref name="read"/> pull the report's XML.</summary>
    /// <param name="read">Reads it.</param>
    /// <param name="asks">True for the name of a file that is asked about; null: all are.</param>
    /// <param name="elements">The elements that speak of one file each: what stands in those of other files is left out.</param>
    /// <exception cref="EvidenceException">It is cut off, malformed, or uses entities of its own.</exception>
    internal void ReadXml(Action<XmlReader> read, Predicate<string>? asks = null, params AskedElement[] elements)
    {
        Stream stream = Open();
        using var xml = XmlReader.Create(
            new MarkupGuard(asks is null ? stream : new AskedContent(stream, elements, asks), () => Refused($"has more than {MarkupGuard.MostBytes:N0} bytes in one piece; it is no report of this kind")), s_settings);
        try
        {
            read(xml);
        }
        catch (XmlException wrong) when (wrong.Message.Contains("undeclared entity", StringComparison.OrdinalIgnoreCase))
        {
            throw Refused($"uses an entity of its own at line {wrong.LineNumber}; entities are not read", wrong);
        }
        catch (XmlException wrong) when (wrong.Message.Contains("does not support", StringComparison.Ordinal))
        {
            throw Refused("names an encoding that is not read; write it in UTF-8", wrong);
        }
        catch (XmlException wrong)
        {
            throw Refused($"is not well-formed XML at line {wrong.LineNumber}; it may be cut off: write it again", wrong);
        }
    }

    /// <summary>The report's lines with their numbers.</summary>
    /// <exception cref="EvidenceException">A line is too long for any report.</exception>
    public IEnumerable<(int Number, string Text)> Lines()
    {
        using var reader = new StreamReader(Open(), Encoding.UTF8);
        var line = new StringBuilder();
        var number = 1;
        var block = new char[8192];
        int count;
        while ((count = reader.Read(block, 0, block.Length)) > 0)
        {
            var rest = block.AsMemory(0, count);
            int end;
            while ((end = rest.Span.IndexOf('\n')) >= 0)
            {
                line.Append(rest[..end]);
                yield return (number++, line.ToString().TrimEnd('\r'));
                line.Clear();
                rest = rest[(end + 1)..];
            }

            line.Append(rest);
            if (line.Length > MaxLineChars)
            {
                throw Refused($"has a line of more than {MaxLineChars:N0} characters at {number}; it is no report of this kind");
            }
        }

        if (line.Length > 0)
        {
            yield return (number, line.ToString().TrimEnd('\r'));
        }
    }

    /// <summary>Lets <paramref name="read"/> walk the report's JSON.</summary>
    /// <exception cref="EvidenceException">It is cut off, malformed, or not of the shape that is expected.</exception>
    public void ReadJson(Action<JsonElement> read)
    {
        using var stream = Open();
        if (stream.Length > MaxJsonBytes)
        {
            throw Refused($"has {stream.Length:N0} bytes; JSON is read up to {MaxJsonBytes:N0}");
        }

        try
        {
            // In one piece of its own size: a stream of unknown length is copied into ever larger ones.
            var bytes = new byte[stream.Length];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var start = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
            using var json = JsonDocument.Parse(bytes.AsMemory(start..length), new JsonDocumentOptions { MaxDepth = 128 });
            read(json.RootElement);
        }
        catch (JsonException wrong)
        {
            throw Refused($"is not well-formed JSON at line {wrong.LineNumber + 1}; it may be cut off: write it again", wrong);
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Refused($"is not of the shape its format promises: {wrong.Message}", wrong);
        }
    }

    /// <summary>A refusal of this report, for <paramref name="problem"/>.</summary>
    public EvidenceException Refused(string problem, Exception? cause = null) => new($"{Name} {problem}", cause);

    private FileStream Open()
    {
        try
        {
            var stream = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 64 * 1024, FileOptions.SequentialScan);
            if (stream.Length <= MaxBytes)
            {
                return stream;
            }

            var length = stream.Length;
            stream.Dispose();
            throw Refused($"has {length:N0} bytes; a report is read up to {MaxBytes:N0}");
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw Refused($"can't be read: {failed.Message}", failed);
        }
    }
}
