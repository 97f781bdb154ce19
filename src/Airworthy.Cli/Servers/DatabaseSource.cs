using Airworthy.Model;

namespace Airworthy.Cli.Servers;

/// <summary>Where a connection string is: in a file or in a variable, since everyone on a machine can read command lines.</summary>
internal static class DatabaseSource
{
    /// <exception cref="ServerUnreachableException">It can't be read, or shows a password.</exception>
    public static string Read(Terminal terminal, string source)
    {
        if (source.StartsWith("env:", StringComparison.Ordinal))
        {
            return Environment.GetEnvironmentVariable(source[4..]) is { Length: > 0 } text
                ? text
                : throw new ServerUnreachableException(Fault.Usage, $"--database {source}: the variable {source[4..]} is not set");
        }

        if (source.StartsWith("file:", StringComparison.Ordinal))
        {
            try
            {
                return File.ReadLines(terminal.Resolve(source[5..])).FirstOrDefault(line => !string.IsNullOrWhiteSpace(line))?.Trim()
                    ?? throw new ServerUnreachableException(Fault.BadInput, $"--database {source}: the file is empty");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new ServerUnreachableException(Fault.Unavailable, $"--database {source}: the file can't be read: {e.Message}", e);
            }
        }

        var shows = source.Contains("password", StringComparison.OrdinalIgnoreCase) || source.Contains("pwd", StringComparison.OrdinalIgnoreCase)
            || (Uri.TryCreate(source, UriKind.Absolute, out var url) && url.UserInfo.Contains(':', StringComparison.Ordinal));
        return !shows
            ? source
            : throw new ServerUnreachableException(
                Fault.Usage, "--database shows a password to everyone who can list processes; put the connection string into a file or a variable, and give file:PATH or env:NAME");
    }
}
