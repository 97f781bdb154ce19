using Airworthy.Model;
using Airworthy.Provenance.PullRequests;

namespace Airworthy.Cli;

/// <summary>A file of reviews, opened within bounds.</summary>
internal static class ReviewFile
{
    private const long LargestFile = 64L << 20;

    /// <summary>Lets <paramref name="read"/> read it.</summary>
    /// <exception cref="PullRequestException">It can't be read.</exception>
    public static async Task<T> ReadAsync<T>(string named, Terminal terminal, Func<Stream, string, CancellationToken, Task<T>> read, CancellationToken cancel)
    {
        try
        {
            await using var json = new FileStream(terminal.Resolve(named), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.Asynchronous);
            return json.Length <= LargestFile
                ? await read(json, $"'{named}'", cancel)
                : throw new PullRequestException(Fault.BadInput, $"'{named}' is larger than 64 MiB; split it");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new PullRequestException(Fault.Usage, $"the reviews '{named}' can't be read: {problem.Message.TrimEnd('.')}; name a JSON file", problem);
        }
    }
}
