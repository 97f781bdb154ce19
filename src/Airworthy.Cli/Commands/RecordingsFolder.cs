using System.CommandLine;
using Airworthy.Model;
using Airworthy.Probes.Recordings;

namespace Airworthy.Cli.Commands;

/// <summary>The <c>[FOLDER]</c> of recordings that a verb reads.</summary>
internal sealed class RecordingsFolder
{
    private const string Usual = "AIRWORTHY_RECORDINGS";
    private const string Key = "AIRWORTHY_RECORDINGS_KEY";

    public Argument<string> Argument { get; } = new("FOLDER")
    {
        Description = $"The folder of recordings, or one of its files. Default: what {Usual} names, else 'recordings'.",
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(Usual) is { Length: > 0 } folder ? folder : "recordings",
    };

    public RecordingSet Read(ParseResult parsed, Terminal terminal) => Read(parsed.GetValue(Argument)!, terminal);

    /// <summary>Reads a folder, or a single file.</summary>
    public static RecordingSet Read(string path, Terminal terminal) => RecordingSet.Read(terminal.Resolve(path), Environment.GetEnvironmentVariable(Key));

    /// <summary>Tells of files that could not be read, where there are some.</summary>
    public static async Task TellUnreadableAsync(RecordingSet set, Terminal terminal)
    {
        if (set.Unreadable > 0)
        {
            await terminal.Error.WriteLineAsync($"airworthy: {Words.Count(set.Unreadable, "file")} left out: cut off, sealed with another key, or no recording");
        }
    }
}
