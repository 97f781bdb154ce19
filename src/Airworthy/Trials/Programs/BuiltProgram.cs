using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Trials.Programs;

/// <summary>A revision, checked out and built by a command, kept for the next trial that asks for the same.</summary>
/// <param name="Label">Which side it is, for people: <c>the base 0b718ecca62e</c>.</param>
/// <param name="Folder">Where it lies.</param>
internal sealed record BuiltProgram(string Label, string Folder)
{
    /// <summary>Builds kept in a cache folder; the longest unused goes first.</summary>
    private const int MostKept = 16;

    private const string Tree = "tree";
    private const string Done = "done";
    private static readonly TimeSpan s_most = TimeSpan.FromMinutes(30);

    /// <summary>Takes the build from the cache, or makes it.</summary>
    /// <param name="repository">Where the revision is.</param>
    /// <param name="revision">What is built.</param>
    /// <param name="command">The command of a shell; null when nothing needs to be built.</param>
    /// <param name="label">Which side it is, for people.</param>
    /// <param name="cache">Where builds are kept.</param>
    /// <param name="runner">Builds it.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="TrialException">It does not build.</exception>
    public static async Task<BuiltProgram> MakeAsync(
        GitRepository repository, CommitId revision, string? command, string label, string cache, ProgramCommand runner, CancellationToken cancel)
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{revision.Hex}\n{command}")))[..32];
        var kept = Path.Combine(cache, key);
        if (File.Exists(Path.Combine(kept, Done)))
        {
            File.SetLastWriteTimeUtc(Path.Combine(kept, Done), TimeProvider.System.GetUtcNow().UtcDateTime);
            return new BuiltProgram(label, Path.Combine(kept, Tree));
        }

        // Built under another name and renamed when whole: two trials at once, or one that is killed, leave nothing half.
        var making = Path.Combine(cache, string.Create(CultureInfo.InvariantCulture, $"{key}.{Environment.ProcessId}"));
        var scratch = Directory.CreateDirectory(Path.Combine(making, "scratch")).FullName;
        try
        {
            var tree = Path.Combine(making, Tree);
            await RevisionCheckout.WriteAsync(repository, revision, tree, cancel);
            if (command is not null)
            {
                var run = await runner.RunAsync(tree, isBuild: true, scratch, folder: null, ["/bin/sh", "-c", command], [], s_most, cancel);
                if (run.Exit != 0)
                {
                    throw new TrialException(Fault.BadInput, $"{label} does not build by '{command}': {(run.Exit is null ? "it took more than 30 minutes" : LastLine(run))}");
                }
            }

            ScratchFolder.Delete(scratch);
            await File.WriteAllTextAsync(Path.Combine(making, Done), command, cancel);
            if (Directory.Exists(kept))
            {
                ScratchFolder.Delete(kept);
            }

            Directory.Move(making, kept);
            Prune(cache, kept);
            return new BuiltProgram(label, Path.Combine(kept, Tree));
        }
        finally
        {
            ScratchFolder.Delete(making);
        }
    }

    private static void Prune(string cache, string newest)
    {
        foreach (var old in new DirectoryInfo(cache).EnumerateDirectories()
            .Where(folder => folder.FullName != newest && File.Exists(Path.Combine(folder.FullName, Done)))
            .OrderByDescending(folder => File.GetLastWriteTimeUtc(Path.Combine(folder.FullName, Done)))
            .Skip(MostKept - 1))
        {
            ScratchFolder.Delete(old.FullName);
        }
    }

    /// <summary>The first line that speaks of an error, else the last complaint, else the last word.</summary>
    private static string LastLine(ProgramRun run)
    {
        static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string[] complaints = Lines(run.Error);
        return Array.Find(complaints, line => line.Contains("error", StringComparison.OrdinalIgnoreCase))
            ?? complaints.LastOrDefault()
            ?? Lines(run.Output).LastOrDefault()
            ?? "it said nothing";
    }
}
