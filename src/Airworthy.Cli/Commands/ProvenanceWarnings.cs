using System.Collections.Immutable;
using Airworthy.Model;
using Airworthy.Provenance;

namespace Airworthy.Cli.Commands;

/// <summary>Tells on standard error what makes an answer less than it seems.</summary>
internal static class ProvenanceWarnings
{
    private const int NotesTold = 3;

    public static async Task WriteAsync(Terminal terminal, bool isShallow, ImmutableArray<UnreadableNote> unreadable)
    {
        if (isShallow)
        {
            await terminal.Error.WriteLineAsync($"airworthy: warning: {AuthorshipText.Shallow}");
        }

        foreach (var note in unreadable.Take(NotesTold))
        {
            await terminal.Error.WriteLineAsync(
                $"airworthy: warning: the note of {note.Commit.Short} in {note.Source} is left out: {note.Problem}");
        }

        if (unreadable.Length > NotesTold)
        {
            var more = unreadable.Length - NotesTold;
            await terminal.Error.WriteLineAsync($"airworthy: warning: {Words.Count(more, "more note")} can't be read and {(more == 1 ? "is" : "are")} left out");
        }
    }
}
