using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Airworthy.Cli.Servers;
using Airworthy.Model;
using Airworthy.Probes;
using Airworthy.Probes.Recordings;
using Spectre.Console;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy recordings</c>: the calls that a running program recorded.</summary>
internal static class RecordingsCommand
{
    private const int MostPreview = 16 * 1024 * 1024;

    public static Command Create(Terminal terminal) =>
        new("recordings", "Read the calls and requests that a program recorded in production, and make tests of them.")
        {
            List(terminal), Show(terminal), Export(terminal), Preview(terminal), RecordingsToTests.Create(terminal), RecordingsWatch.Create(terminal),
        };

    private static Command List(Terminal terminal)
    {
        var folder = new RecordingsFolder();
        var unit = new Option<string?>("--unit") { Description = "Only calls of methods and routes that hold this.", HelpName = "TEXT" };
        var format = new AnswerFormat();
        var command = new Command(
            "list",
            """
            List recorded calls, each unlike all the others: another way through its method, another culture, another shape of arguments or another end.

            Exit code: 0 when there are any, else 1.
            """) { folder.Argument, unit };
        format.AddTo(command);
        command.WithExamples("airworthy recordings list", "airworthy recordings list /var/lib/shop/recordings --unit Refunds --format json");
        command.SetAction(async (parsed, cancel) =>
        {
            var all = folder.Read(parsed, terminal);
            var wanted = parsed.GetValue(unit) ?? "";
            var set = all with { Recordings = [.. all.Recordings.Where(one => one.Unit.Contains(wanted, StringComparison.OrdinalIgnoreCase))] };
            await format.WriteAsync(parsed, terminal, set, Write, cancel);
            return set.Recordings.IsEmpty ? ExitCode.No : ExitCode.Yes;
        });
        return command;
    }

    private static void Write(IAnsiConsole console, RecordingSet set)
    {
        console.WriteLine($"{Words.Count(set.Recordings.Length, "recording")}{(set.Unreadable > 0 ? $", {Words.Count(set.Unreadable, "file")} unreadable: cut off, sealed with another key, or no recording" : "")}");
        if (set.Recordings.IsEmpty)
        {
            return;
        }

        console.WriteLine();
        var table = Tables.Plain("recording", "time", "revision", "culture", "call", "came to");
        foreach (var one in set.Recordings)
        {
            Tables.Row(table, one.Id.ToString("N")[..8], Tables.At(one.Time), Short(one.Revision), one.Culture.Length > 0 ? one.Culture : "–", Call(one), RecordedText.End(one.Document, 60));
        }

        console.Write(table);
    }

    private static Command Show(Terminal terminal)
    {
        var id = new Argument<string>("ID") { Description = "The recording, as 'recordings list' names it; its beginning is enough." };
        var folder = new RecordingsFolder();
        var format = new FormatOption("json");
        var command = new Command("show", "Show one recorded call or request: what it was given, what it came to, which lines it ran and what it called outward.") { id, folder.Argument, format }
            .WithExamples("airworthy recordings show 3f9a1c02", "airworthy recordings show 3f9a1c02 /var/lib/shop/recordings --format json");
        command.SetAction((parsed, _) =>
        {
            var one = folder.Read(parsed, terminal).Find(parsed.GetRequiredValue(id));
            if (format.IsText(parsed))
            {
                Write(terminal, one);
            }
            else
            {
                Indented(one.Document, terminal.Out);
            }

            return Task.FromResult(ExitCode.Yes);
        });
        return command;
    }

    private static void Write(Terminal terminal, RecordedCall one)
    {
        terminal.WriteLine($"{one.Id:N}  {Printable.Of(one.Unit)}{(one.Part is { } part ? $" ({Printable.Of(part.Name)} {part.Ordinal.ToString(CultureInfo.InvariantCulture)} of {part.Of.ToString(CultureInfo.InvariantCulture)})" : "")}");
        terminal.WriteLine($"  {Printable.Of(one.Service)} at {Short(one.Revision)}, {Tables.At(one.Time)}, culture {(one.Culture.Length > 0 ? Printable.Of(one.Culture) : "invariant")}{(one.Trace is { } trace ? $", trace {Printable.Of(trace)}" : "")}");
        if (one.Kind == RecordingKind.Http)
        {
            var request = RecordedRequest.Of(one);
            terminal.WriteLine($"  {Printable.Of(request.Method)} {Printable.Of(request.Target)}");
            foreach (var (name, value) in request.Headers)
            {
                terminal.WriteLine($"  {Printable.Of(name)}: {Printable.Of(value)}");
            }

            if (request.Body.ValueKind != JsonValueKind.Null)
            {
                terminal.WriteLine($"  {RecordedText.Body(request.Body)}");
            }

            WriteEnd(terminal, one);
            return;
        }

        terminal.WriteLine(one.Lines.IsEmpty ? "  of its watched lines it ran none beyond the first" : $"  it ran {Words.Lines(one.Lines)}");
        foreach (var (name, value) in one.Arguments)
        {
            terminal.WriteLine($"  {Printable.Of(name)} = {RecordedText.Of(value)}");
        }

        if (one.Document.TryGetProperty("receiver", out var receiver))
        {
            terminal.WriteLine($"  on {RecordedText.Of(receiver)}");
        }

        WriteEnd(terminal, one);
    }

    private static void WriteEnd(Terminal terminal, RecordedCall one)
    {
        foreach (var call in one.Document.TryGetProperty("outward", out var outward) ? outward.EnumerateArray() : default)
        {
            var end = call.TryGetProperty("answer", out var answer) ? RecordedText.End(answer, 120) : call.TryGetProperty("failed", out var failed) ? Printable.Of(failed.GetString() ?? "") : "";
            terminal.WriteLine($"  called {Printable.Of(call.GetProperty("method").GetString() ?? "")} {Printable.Of(call.GetProperty("address").GetString() ?? "")} → {end}");
        }

        terminal.WriteLine($"  → {RecordedText.End(one.Document)}{(one.Kind == RecordingKind.Http && one.Exception is { } thrown ? $", {Printable.Of(thrown)} thrown" : "")}");
    }

    private static Command Export(Terminal terminal)
    {
        var folder = new RecordingsFolder();
        var command = new Command("export", "Write all recordings to standard output, one JSON document a line; sealed ones opened with AIRWORTHY_RECORDINGS_KEY.") { folder.Argument }
            .WithExamples("airworthy recordings export > recordings.ndjson");
        command.SetAction(async (parsed, cancel) =>
        {
            var set = folder.Read(parsed, terminal);
            foreach (var one in set.Recordings)
            {
                await terminal.Out.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(one.Document), cancel);
                terminal.Out.WriteByte((byte)'\n');
            }

            await terminal.Out.FlushAsync(cancel);
            await RecordingsFolder.TellUnreadableAsync(set, terminal);
            return set.Unreadable == 0 ? ExitCode.Yes : ExitCode.NotKnown;
        });
        return command;
    }

    private static Command Preview(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "JSON or any text; - for standard input.", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => "-" };
        var rules = new Option<string>("--redact") { Description = "One's own rules, as AIRWORTHY_REDACT has them. Default: that variable.", HelpName = "RULES", DefaultValueFactory = _ => Environment.GetEnvironmentVariable("AIRWORTHY_REDACT") ?? "" };
        var format = new AnswerFormat();
        var command = new Command("preview", "Show what a recording would keep of a value: what is secret by name or pattern is masked in its shape.") { file, rules };
        format.AddTo(command);
        command.WithExamples("airworthy recordings preview customer.json", "echo '{\"note\":\"call +49 30 1234567\"}' | airworthy recordings preview --redact 'customer_no;/ORD-[0-9]+/'");
        command.SetAction(async (parsed, cancel) =>
        {
            var preview = RecordingPreview.Of(await ReadAsync(parsed.GetRequiredValue(file), terminal, cancel), parsed.GetValue(rules) ?? "");
            await format.WriteAsync(parsed, terminal, preview, Write, cancel);
            return ExitCode.Yes;
        });
        return command;
    }

    private static void Write(IAnsiConsole console, RecordingPreview preview)
    {
        foreach (var line in Printable.Lines(preview.Kept))
        {
            console.Profile.Out.Writer.WriteLine(line);
        }

        console.WriteLine();
        console.WriteLine(preview.Taken.IsEmpty
            ? "nothing is taken out"
            : $"taken out: {string.Join(", ", preview.Taken.Select(rule => string.Create(CultureInfo.InvariantCulture, $"{rule.Value} by {rule.Key}")))}");
    }

    private static async Task<string> ReadAsync(string source, Terminal terminal, CancellationToken cancel)
    {
        try
        {
            await using var stream = source == "-" ? terminal.In : File.OpenRead(terminal.Resolve(source));
            var buffer = new MemoryStream();
            var part = new byte[64 * 1024];
            int read;
            while ((read = await stream.ReadAsync(part, cancel)) > 0)
            {
                await buffer.WriteAsync(part.AsMemory(0, read), cancel);
                if (buffer.Length > MostPreview)
                {
                    throw new ProbeException(Fault.BadInput, $"'{source}' is larger than 16 MiB; no value that large is recorded");
                }
            }

            return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new ProbeException(Fault.BadInput, $"'{source}' can't be read: {unreadable.Message}", unreadable);
        }
    }

    private static void Indented(JsonElement value, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
        {
            value.WriteTo(json);
        }

        output.WriteByte((byte)'\n');
        output.Flush();
    }

    /// <summary>
    /// A call as people read it: <c>Refunds.Pieces(order, price, count)</c>, <c>new Order(sku)</c>, <c>Round(cents) in Refunds.Pieces</c>, <c>lambda 2(x) in Refunds.Pieces</c>.
    /// </summary>
    internal static string Call(RecordedCall one)
    {
        if (one.Kind == RecordingKind.Http)
        {
            var request = RecordedRequest.Of(one);
            return $"{request.Method} {request.Target}";
        }

        var name = one.Unit.Split('(')[0];
        var parts = name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('.');
        var member = parts is [.., var type, "#ctor"] ? $"new {type}" : string.Join('.', parts.TakeLast(2));
        var arguments = $"({string.Join(", ", one.Arguments.Select(argument => argument.Name))})";
        return one.Part is { } part ? $"{part.Name}{(part.Of > 1 ? $" {part.Ordinal.ToString(CultureInfo.InvariantCulture)}" : "")}{arguments} in {member}" : member + arguments;
    }

    private static string Short(string revision) => revision.Length switch
    {
        0 => "–",
        > 12 => Printable.Of(revision[..12]),
        _ => Printable.Of(revision),
    };
}
