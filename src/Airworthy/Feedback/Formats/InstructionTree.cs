using System.Text;

namespace Airworthy.Feedback.Formats;

/// <summary>A working tree, as far as where its agents read is concerned. Nothing is followed through a link.</summary>
/// <param name="root">The repository's top.</param>
/// <param name="tracked">Instruction files that are committed anywhere in it, from its top.</param>
public sealed class InstructionTree(string root, IReadOnlyCollection<string> tracked)
{
    private const int MostRead = 64 * 1024;

    /// <summary>Instruction files that are committed, e.g. <c>src/Shop/AGENTS.md</c>.</summary>
    public IReadOnlyCollection<string> Tracked => tracked;

    /// <summary>True when <paramref name="name"/> is a plain file behind plain folders.</summary>
    public bool HasFile(string name) => IsPlain(name) && File.Exists(Path.Combine(root, name));

    /// <summary>True when <paramref name="name"/> is a plain folder behind plain folders.</summary>
    public bool HasFolder(string name) => IsPlain(name) && Directory.Exists(Path.Combine(root, name));

    /// <summary>True when a line of the file says just <paramref name="line"/>; of a large file only its beginning is read.</summary>
    public bool Says(string name, string line)
    {
        if (!HasFile(name))
        {
            return false;
        }

        try
        {
            using var stream = File.OpenRead(Path.Combine(root, name));
            var read = new byte[(int)Math.Min(stream.Length, MostRead)];
            stream.ReadExactly(read);
            return Encoding.UTF8.GetString(read).Split('\n').Any(own => own.AsSpan().Trim().SequenceEqual(line));
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private bool IsPlain(string name)
    {
        var part = root;
        foreach (var step in name.Split('/'))
        {
            part = Path.Combine(part, step);
            if (new FileInfo(part).LinkTarget is not null)
            {
                return false;
            }
        }

        return true;
    }
}
