namespace Airworthy.Trials.Programs;

/// <summary>A folder that goes when it is disposed, with whatever a program closed in it.</summary>
/// <param name="prefix">How its name begins.</param>
public sealed class TemporaryFolder(string prefix) : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory(prefix).FullName;

    public void Dispose() => ScratchFolder.Delete(Path);
}
