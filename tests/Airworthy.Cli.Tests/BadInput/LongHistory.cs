using System.Globalization;
using System.Text;
using Airworthy.Testing;

namespace Airworthy.Cli.Tests.BadInput;

/// <summary>Histories long enough to be worth keeping between runs.</summary>
internal static class LongHistory
{
    /// <summary>Commits versions of a file of <paramref name="lines"/> lines, every second of which each commit changes.</summary>
    public static RepositoryBuilder Build(int commits, int lines)
    {
        var repository = new RepositoryBuilder();
        var stream = new StringBuilder();
        for (var commit = 1; commit <= commits; commit++)
        {
            var text = string.Concat(Enumerable.Range(1, lines).Select(line => line % 2 == 0 ? $"{line}\n" : $"{line} {commit}\n"));
            stream.Append(CultureInfo.InvariantCulture, $"commit refs/heads/main\ncommitter A <a@example.org> {1_770_000_000 + (60 * commit)} +0000\ndata 1\nm\n")
                .Append(CultureInfo.InvariantCulture, $"M 100644 inline f{commit % 3}.txt\ndata {text.Length}\n{text}\n");
        }

        repository.GitWithInput(Encoding.UTF8.GetBytes(stream.ToString()), "fast-import", "--quiet");
        repository.Git("reset", "-q", "--hard", "main");
        return repository;
    }
}
