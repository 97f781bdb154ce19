using System.Security.Cryptography;
using System.Text;
using Airworthy.Git.Lines;

namespace Airworthy.Git;

/// <summary>What is kept of one repository from one run to the next: a few files in a folder of the user's, named by where the repository is.</summary>
/// <param name="directory">The repository's git directory.</param>
/// <param name="folder">The folder.</param>
/// <param name="keepsDatabases">False where only plain files can be read.</param>
internal sealed class RepositoryCache(string directory, string folder, bool keepsDatabases) : IAsyncDisposable
{
    private readonly string _name = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(directory)))[..24]);
    private readonly Lock _queue = new();
    private EditFile? _edits;
    private PatchFile? _patches;
    private Task _writing = Task.CompletedTask;

    /// <summary>What commits did; null where no database is kept.</summary>
    public EditFile? Edits => _edits ??= keepsDatabases ? new EditFile(_name + ".db") : null;

    /// <summary>Digests of patches; null where no database is kept.</summary>
    public PatchFile? Patches => _patches ??= keepsDatabases ? new PatchFile(_name + ".patches.db") : null;

    /// <summary>The living lines of the last tip.</summary>
    public CacheFile Tip => new(_name + ".tip");

    /// <summary>The marks of the last tip's history.</summary>
    public CacheFile Marks => new(_name + ".marks");

    /// <summary>The folder of git's commit graph.</summary>
    public string GraphFolder => _name + ".graph";

    /// <summary>Writes a file in the background; ends by the time the cache is disposed.</summary>
    public void Write(CacheFile file, Func<byte[]> content)
    {
        lock (_queue)
        {
            _writing = _writing.ContinueWith(_ => file.Write(content()), TaskScheduler.Default);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _writing;
        if (_edits is not null)
        {
            await _edits.DisposeAsync();
        }

        if (_patches is not null)
        {
            await _patches.DisposeAsync();
        }
    }
}
