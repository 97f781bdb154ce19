using System.Globalization;
using System.Text;
using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>
/// Writes notes as one commit on a notes ref, by <c>git fast-import</c>: it keeps the tree's fan-out, and moves the ref only when that
/// still is where the writer saw it, which <c>git notes</c> does not.
/// </summary>
internal static class NotesCommit
{
    /// <summary>Writes <paramref name="notes"/> over those of <paramref name="seen"/>; false when the ref moved meanwhile.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="notesRef">The full name of the ref, e.g. <c>refs/notes/ai</c>.</param>
    /// <param name="seen">What the ref pointed to when the notes were made; null when there was none.</param>
    /// <param name="notes">The text of each commit's note.</param>
    /// <param name="message">Why, in one line.</param>
    /// <param name="at">The time of the notes' commit.</param>
    /// <param name="cancel">Ends the writing; the ref then stays as it was.</param>
    public static async Task<bool> TryWriteAsync(
        GitRepository repository,
        string notesRef,
        CommitId? seen,
        IReadOnlyDictionary<CommitId, byte[]> notes,
        string message,
        DateTimeOffset at,
        CancellationToken cancel)
    {
        await using var git = GitProcess.Start(repository.Directory, ["fast-import", "--quiet", "--date-format=raw"]);
        try
        {
            await git.Input.WriteAsync(Stream(notesRef, seen, notes, message, at), cancel);
            git.Input.Close();
        }
        catch (IOException)
        {
            // It ended early; its exit code tells.
        }

        var (exit, error) = await git.EndAsync(cancel);
        if (exit == 0)
        {
            return true;
        }

        // Moved: it names the new tip. Being moved: another holds the lock, or was quicker between look and lock.
        return error.Contains("Not updating ", StringComparison.Ordinal) || error.Contains("cannot lock ref", StringComparison.Ordinal)
            ? false
            : throw new GitException(Fault.Unavailable, $"the notes in {notesRef} can't be written: {GitProcess.FirstLine(error)}");
    }

    private static ReadOnlyMemory<byte> Stream(
        string notesRef, CommitId? seen, IReadOnlyDictionary<CommitId, byte[]> notes, string message, DateTimeOffset at)
    {
        var text = Encoding.UTF8.GetBytes(message);
        using var stream = new MemoryStream();
        Write(string.Create(
            CultureInfo.InvariantCulture,
            $"commit {notesRef}\ncommitter Airworthy <airworthy@localhost> {at.ToUnixTimeSeconds()} +0000\ndata {text.Length}\n"));
        stream.Write(text);
        Write(seen is { } from ? $"\nfrom {from.Hex}\n" : "\n");
        foreach (var (commit, note) in notes)
        {
            Write(string.Create(CultureInfo.InvariantCulture, $"N inline {commit.Hex}\ndata {note.Length}\n"));
            stream.Write(note);
            Write("\n");
        }

        Write("done\n");
        return stream.ToArray();

        void Write(string command) => stream.Write(Encoding.UTF8.GetBytes(command));
    }
}
