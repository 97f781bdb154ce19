using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Airworthy.Journeys;
using Airworthy.Model;

namespace Airworthy.Server.Access;

/// <summary>The file of a server's tokens: JSON, replaced as a whole, read again by the server as soon as it changed.</summary>
public sealed class TokenFile(string path)
{
    /// <summary>Its name in a data folder.</summary>
    public const string DefaultName = "tokens.json";

    private const int LongestName = 100;
    private const int MostTokens = 10_000;
    private const long LargestFile = 16 * 1024 * 1024;

    /// <summary>Where it is.</summary>
    public string Path { get; } = path;

    /// <summary>True when it is there: then a token is asked for, also when it holds none any more.</summary>
    public bool Exists => File.Exists(Path);

    /// <summary>When it was written last, and how long it is: when it is not the same as before, it is read again.</summary>
    public (DateTime At, long Length) Stamp => new FileInfo(Path) is { Exists: true } file ? (file.LastWriteTimeUtc, file.Length) : default;

    /// <summary>The tokens in it; none when it is not there.</summary>
    /// <exception cref="ServerException">It can't be read.</exception>
    public IReadOnlyList<AccessToken> Read()
    {
        if (!Exists)
        {
            return [];
        }

        try
        {
            using var stream = File.OpenRead(Path);
            var tokens = stream.Length <= LargestFile ? JsonSerializer.Deserialize<List<AccessToken>>(stream, AirworthyJson.Compact) : null;
            return tokens?.TrueForAll(token => token is { Name: not null, Scopes: not null, Sha256.Length: 64 } && token.Sha256.All(char.IsAsciiHexDigit)) == true
                ? tokens
                : throw new JsonException();
        }
        catch (JsonException e)
        {
            throw new ServerException(Fault.BadInput, $"{Path} is no file of tokens; put it away, and make tokens by 'airworthy tokens add'", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ServerException(Fault.Unavailable, $"{Path} can't be read: {e.Message}", e);
        }
    }

    /// <summary>Makes a token and keeps its digest. Gives the token, which nobody can tell again.</summary>
    /// <exception cref="ServerException">The name is taken or no name, or the file can't be written.</exception>
    public string Add(string name, IReadOnlyList<AccessScope> scopes, DateTimeOffset now, DateTimeOffset? expires)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl))
        {
            throw new ServerException(Fault.Usage, $"a token needs a name of 1 to {LongestName} letters");
        }

        if (expires <= now)
        {
            throw new ServerException(Fault.Usage, "the token would have expired already; give a day to come");
        }

        var known = Read();
        if (known.Any(token => string.Equals(token.Name, name, StringComparison.Ordinal)) || known.Count >= MostTokens)
        {
            throw new ServerException(Fault.Usage, $"there is a token named {name} already; revoke it, or choose another name");
        }

        var secret = "aw_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        Write([.. known, new AccessToken(name, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret))), scopes, now, expires)]);
        return secret;
    }

    /// <summary>Takes a token away; at once, also from a server that runs.</summary>
    /// <exception cref="ServerException">There is none of that name, or the file can't be written.</exception>
    public void Revoke(string name)
    {
        var known = Read();
        var rest = known.Where(token => !string.Equals(token.Name, name, StringComparison.Ordinal)).ToList();
        if (rest.Count == known.Count)
        {
            throw new ServerException(Fault.Usage, $"there is no token named {name}; see 'airworthy tokens list'");
        }

        Write(rest);
    }

    private void Write(IReadOnlyList<AccessToken> tokens)
    {
        var beside = $"{Path}.{Environment.ProcessId}.new";
        try
        {
            if (System.IO.Path.GetDirectoryName(Path) is { Length: > 0 } folder)
            {
                Directory.CreateDirectory(folder);
            }

            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var stream = new FileStream(beside, options))
            {
                JsonSerializer.Serialize(stream, tokens, AirworthyJson.Compact);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, Path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ServerException(Fault.Unavailable, $"{Path} can't be written: {e.Message}", e);
        }
    }
}
