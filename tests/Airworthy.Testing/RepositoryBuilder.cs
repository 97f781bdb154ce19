using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Airworthy.Testing;

/// <summary>
/// A real git repository in a folder of its own, with identities and dates of its own, so that a test reads like the history it makes.
/// Every commit is a minute after the one before. Deleted with the test.
/// </summary>
public sealed class RepositoryBuilder : IDisposable
{
    /// <summary>The time of the first commit.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly string _root;
    private int _minutes;

    public RepositoryBuilder(bool bare = false, string objectFormat = "sha1")
    {
        _root = Directory.CreateTempSubdirectory("airworthy-test-").FullName;
        Folder = Path.Combine(_root, "repo");
        Directory.CreateDirectory(Folder);
        Git(["init", "-q", "-b", "main", $"--object-format={objectFormat}", .. bare ? ["--bare"] : Array.Empty<string>()]);
    }

    // A clone: it lives in the origin's folder and goes with it.
    private RepositoryBuilder(string root, string folder) => (_root, Folder) = (root, folder);

    /// <summary>The working tree.</summary>
    public string Folder { get; }

    /// <summary>The author of the commits that follow.</summary>
    public string Author { get; set; } = "Ada Lovelace <ada@example.org>";

    /// <summary>The committer of the commits that follow; null means the author.</summary>
    public string? Committer { get; set; }

    /// <summary>The time the next commit will carry.</summary>
    public DateTimeOffset Now => Start.AddMinutes(_minutes);

    /// <summary>Lets time pass before the next commit.</summary>
    public RepositoryBuilder Wait(TimeSpan time)
    {
        _minutes += (int)time.TotalMinutes;
        return this;
    }

    public RepositoryBuilder Write(string path, string content) => Write(path, Encoding.UTF8.GetBytes(content));

    public RepositoryBuilder Write(string path, byte[] content)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
        return this;
    }

    public RepositoryBuilder Delete(string path)
    {
        Git("rm", "-q", "-r", "--", path);
        return this;
    }

    public RepositoryBuilder Move(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Folder, to))!);
        Git("mv", "--", from, to);
        return this;
    }

    /// <summary>Commits everything in the working tree, also when nothing changed; gives the commit's full id.</summary>
    public string Commit(string message, string? author = null, string? committer = null)
    {
        Git("add", "-A");
        GitWith(message, As(author, committer), "commit", "-q", "--allow-empty", "--allow-empty-message", "--cleanup=verbatim", "-F", "-");
        _minutes++;
        return Head;
    }

    public RepositoryBuilder Branch(string name, string? from = null)
    {
        Git(from is null ? ["checkout", "-q", "-b", name] : ["checkout", "-q", "-b", name, from]);
        return this;
    }

    public RepositoryBuilder Checkout(string revision)
    {
        Git("checkout", "-q", revision);
        return this;
    }

    /// <summary>Merges branches with a merge commit; gives its id.</summary>
    public string Merge(string message, params string[] branches)
    {
        GitWith(null, As(null, null), ["merge", "-q", "--no-ff", "-m", message, .. branches]);
        _minutes++;
        return Head;
    }

    /// <summary>Cherry-picks with the line that names the origin; gives the new id.</summary>
    public string CherryPick(string commit)
    {
        GitWith(null, As(null, null), "cherry-pick", "-x", commit);
        _minutes++;
        return Head;
    }

    public RepositoryBuilder Tag(string name, string revision = "HEAD")
    {
        Git("tag", name, revision);
        return this;
    }

    public RepositoryBuilder Note(string text, string revision = "HEAD", string notesRef = "refs/notes/ai")
    {
        GitWith(text, As(null, null), "notes", $"--ref={notesRef}", "add", "-f", "-F", "-", revision);
        return this;
    }

    /// <summary>A clone of this repository beside it.</summary>
    public RepositoryBuilder Clone(params string[] options)
    {
        var clone = new RepositoryBuilder(_root, Path.Combine(_root, "clone-" + Guid.NewGuid().ToString("N")[..8]));
        Git(["clone", "-q", .. options, "file://" + Folder, clone.Folder]);
        return clone;
    }

    /// <summary>The id of the checked-out commit.</summary>
    public string Head => Git("rev-parse", "HEAD").Trim();

    /// <summary>Runs git here, away from the user's configuration; gives what it printed.</summary>
    public string Git(params string[] arguments) => GitWith(null, [], arguments);

    /// <summary>Runs git and gives its bytes.</summary>
    public byte[] GitBytes(params string[] arguments) => Run(null, [], arguments);

    /// <summary>Runs git with <paramref name="input"/> to read; gives what it printed.</summary>
    public string GitWithInput(byte[] input, params string[] arguments) => Encoding.UTF8.GetString(Run(input, [], arguments));

    public void Dispose()
    {
        if (!Directory.Exists(_root))
        {
            return;
        }

        // A repository under test may hold links to anywhere: what they lead to is not ours to change.
        var own = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var file in new DirectoryInfo(_root).EnumerateFiles("*", own).Where(f => f.IsReadOnly))
        {
            file.IsReadOnly = false;
        }

        Directory.Delete(_root, recursive: true);
    }

    private string GitWith(string? input, IEnumerable<(string, string)> environment, params string[] arguments) =>
        Encoding.UTF8.GetString(Run(input is null ? null : Encoding.UTF8.GetBytes(input), environment, arguments));

    private byte[] Run(byte[]? input, IEnumerable<(string Name, string Value)> environment, string[] arguments)
    {
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_COMMITTER_NAME"] = "Test";
        start.Environment["GIT_COMMITTER_EMAIL"] = "test@example.org";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var git = Process.Start(start)!;
        var error = git.StandardError.ReadToEndAsync();
        if (input is not null)
        {
            git.StandardInput.BaseStream.Write(input);
        }

        git.StandardInput.Close();
        using var output = new MemoryStream();
        git.StandardOutput.BaseStream.CopyTo(output);
        git.WaitForExit();
        return git.ExitCode == 0
            ? output.ToArray()
            : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {error.GetAwaiter().GetResult()}");
    }

    private IEnumerable<(string, string)> As(string? author, string? committer)
    {
        var (authorName, authorEmail) = Split(author ?? Author);
        var (committerName, committerEmail) = Split(committer ?? Committer ?? author ?? Author);
        var date = Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) + " +0000";
        return
        [
            ("GIT_AUTHOR_NAME", authorName), ("GIT_AUTHOR_EMAIL", authorEmail), ("GIT_AUTHOR_DATE", date),
            ("GIT_COMMITTER_NAME", committerName), ("GIT_COMMITTER_EMAIL", committerEmail), ("GIT_COMMITTER_DATE", date),
        ];
    }

    private static (string Name, string Email) Split(string identity)
    {
        var open = identity.LastIndexOf('<');
        return (identity[..open].Trim(), identity[(open + 1)..].TrimEnd('>'));
    }
}
