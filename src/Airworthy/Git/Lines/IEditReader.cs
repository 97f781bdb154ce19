namespace Airworthy.Git.Lines;

/// <summary>Reads what commits did, with git processes of its own; asked by one worker at a time.</summary>
internal interface IEditReader : IAsyncDisposable
{
    /// <summary>The edits of the commits at <paramref name="places"/>, in their order.</summary>
    /// <exception cref="GitException">git failed, or answered in another form.</exception>
    Task<CommitEdits[]> ReadAsync(IReadOnlyList<int> places, CancellationToken cancel);
}
