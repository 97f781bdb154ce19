using Airworthy.Model;

namespace Airworthy.Feedback;

/// <summary>
/// An agents' instruction file in a working tree (<c>AGENTS.md</c>), changed in one step or not at all. The tree is a stranger's: what is
/// not a plain file under plain folders is refused, so nothing outside is ever written.
/// </summary>
public sealed class InstructionFile
{
    /// <summary>The largest file that is changed, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    private readonly string _path;
    private readonly string _name;

    private InstructionFile(string path, string name)
    {
        _path = path;
        _name = name;
    }

    /// <summary>The file <paramref name="name"/> under <paramref name="root"/>; it need not exist.</summary>
    /// <exception cref="FeedbackException">It is not a plain file in the tree.</exception>
    public static InstructionFile At(string root, string name)
    {
        var path = Path.GetFullPath(name, root);
        var relative = Path.GetRelativePath(root, path);
        if (relative is "." or ".." || relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) || Path.IsPathRooted(relative))
        {
            throw new FeedbackException(Fault.Usage, $"{name} is not a file inside the repository; name one by its path from the top");
        }

        var part = root;
        foreach (var step in relative.Split(Path.DirectorySeparatorChar))
        {
            part = Path.Combine(part, step);
            if (new FileInfo(part).LinkTarget is not null)
            {
                throw new FeedbackException(Fault.BadInput, $"{name} is, or lies behind, a symbolic link; name the file it leads to");
            }
        }

        if (Directory.Exists(path))
        {
            throw new FeedbackException(Fault.BadInput, $"{name} is a folder; name a file");
        }

        return new InstructionFile(path, relative.Replace(Path.DirectorySeparatorChar, '/'));
    }

    /// <summary>Writes <paramref name="selection"/> into the file's managed block. False when the file says so already.</summary>
    /// <param name="selection">The lessons.</param>
    /// <param name="head">The front matter of a file that is wholly ours, which is deleted when it has no lesson to tell; null where the file is others'.</param>
    /// <exception cref="FeedbackException">The file can't be changed; it is left as it is.</exception>
    public bool Apply(LessonSelection selection, string? head = null)
    {
        var before = Read();
        var after = LessonBlock.Apply(before, selection, _name, head);
        if (after.AsSpan().SequenceEqual(before))
        {
            return false;
        }

        if (after.Length == 0)
        {
            File.Delete(_path);
        }
        else
        {
            Replace(after);
        }

        return true;
    }

    private byte[] Read()
    {
        var file = new FileInfo(_path);
        if (!file.Exists)
        {
            return [];
        }

        if (file.Length > MaxBytes)
        {
            throw new FeedbackException(Fault.BadInput, $"{_name} has {file.Length:N0} bytes, and a file of more than {MaxBytes:N0} is not changed");
        }

        if (file.IsReadOnly)
        {
            throw new FeedbackException(Fault.BadInput, $"{_name} is read-only; allow writing and apply again");
        }

        try
        {
            var content = File.ReadAllBytes(_path);
            return content.Contains((byte)0)
                ? throw new FeedbackException(Fault.BadInput, $"{_name} is not UTF-8 text; convert it and apply again")
                : content;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new FeedbackException(Fault.Unavailable, $"{_name} can't be read: {failed.Message}", failed);
        }
    }

    /// <summary>Writes beside the file and renames over it, so a reader sees the old file or the new one.</summary>
    private void Replace(byte[] content)
    {
        var beside = $"{_path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            using (var stream = new FileStream(beside, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Share = FileShare.None,
            }))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            if (!OperatingSystem.IsWindows() && File.Exists(_path))
            {
                File.SetUnixFileMode(beside, File.GetUnixFileMode(_path));
            }

            File.Move(beside, _path, overwrite: true);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            File.Delete(beside);
            throw new FeedbackException(Fault.Unavailable, $"{_name} can't be written: {failed.Message}", failed);
        }
    }
}
