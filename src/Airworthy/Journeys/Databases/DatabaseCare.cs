using Airworthy.Storage;

namespace Airworthy.Journeys.Databases;

/// <summary>Looks after the database of a server's data folder; see <see cref="StoreFile"/>.</summary>
public static class DatabaseCare
{
    /// <summary>What is wrong with it, in words; empty when nothing is.</summary>
    /// <exception cref="Model.FaultException">It can't be read.</exception>
    public static Task<IReadOnlyList<string>> CheckAsync(string directory, CancellationToken cancel) => StoreFile.CheckAsync(directory, cancel);

    /// <summary>Copies it into a new file. Gives the copy's size in bytes.</summary>
    /// <exception cref="Model.FaultException">It can't be read, or the copy can't be written.</exception>
    public static Task<long> BackupAsync(string directory, string target, CancellationToken cancel) => StoreFile.BackupAsync(directory, target, cancel);

    /// <summary>Gives unused space back to the disk. Gives the sizes before and after, in bytes.</summary>
    /// <exception cref="Model.FaultException">A server runs on it, or it can't be written.</exception>
    public static Task<(long Before, long After)> CompactAsync(string directory, CancellationToken cancel) => StoreFile.CompactAsync(directory, cancel);

    /// <summary>Writes all it keeps as lines of JSON.</summary>
    /// <exception cref="Model.FaultException">It can't be read.</exception>
    public static Task ExportAsync(string directory, Stream output, CancellationToken cancel) => StoreFile.ExportAsync(directory, output, cancel);
}
