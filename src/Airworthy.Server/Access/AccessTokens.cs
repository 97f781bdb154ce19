using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Airworthy.Server.Access;

/// <summary>
/// Tells what a caller may do: the operator's own token opens everything, those of the file what they were made for. Digests are compared in constant
/// time, each with all, so neither a token nor its length can be felt out.
/// </summary>
public sealed class AccessTokens
{
    private static readonly AccessScope[] s_all = [AccessScope.Ingest, AccessScope.Read, AccessScope.Write];

    private readonly AccessToken[] _own;
    private readonly TokenFile? _file;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private (DateTime, long) _stamp;
    private (AccessToken Token, byte[] Digest)[] _tokens = [];

    /// <param name="token">The operator's own token; null for none.</param>
    /// <param name="file">The file of the others; null for none.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ServerException">The file can't be read.</exception>
    public AccessTokens(string? token, TokenFile? file, TimeProvider time)
    {
        _own = token is null ? [] : [new AccessToken("the server's token", Convert.ToHexStringLower(Digest(token)), s_all, DateTimeOffset.MinValue, Expires: null)];
        _file = file;
        _time = time;
        _stamp = file?.Stamp ?? default;
        Take(file?.Read() ?? []);
        AreAsked = token is not null || file?.Exists == true;
    }

    /// <summary>True when a token is asked for. Once it is, it stays so: a file that goes away must not open the server.</summary>
    public bool AreAsked { get; private set; }

    /// <summary>Whether who shows <paramref name="token"/> may do what is asked.</summary>
    public Admission Admit(string? token, AccessScope scope)
    {
        var tokens = Current();
        if (!AreAsked)
        {
            return new Admission(AdmissionKind.Admitted, "");
        }

        if (token is null)
        {
            return new Admission(AdmissionKind.Unauthenticated, "");
        }

        var shown = Digest(token);
        AccessToken? found = null;
        foreach (var (known, digest) in tokens)
        {
            found = CryptographicOperations.FixedTimeEquals(shown, digest) ? known : found;
        }

        return found switch
        {
            null => new Admission(AdmissionKind.Unauthenticated, ""),
            { Expires: { } expires } when expires <= _time.GetUtcNow() => new Admission(
                AdmissionKind.Unauthenticated,
                string.Create(CultureInfo.InvariantCulture, $"The token {found.Name} expired at {expires.UtcDateTime:yyyy-MM-dd HH:mm}Z; make another by 'airworthy tokens add'.")),
            _ when !found.Scopes.Contains(scope) => new Admission(
                AdmissionKind.Forbidden,
                $"The token {found.Name} is for {string.Join(" and ", found.Scopes.Select(one => Model.Words.Of(one)))}, and this needs {Model.Words.Of(scope)}."),
            _ => new Admission(AdmissionKind.Admitted, ""),
        };
    }

    private (AccessToken Token, byte[] Digest)[] Current()
    {
        if (_file is null)
        {
            return _tokens;
        }

        lock (_lock)
        {
            var stamp = _file.Stamp;
            if (stamp != _stamp)
            {
                try
                {
                    Take(_file.Read());
                    AreAsked |= _file.Exists;
                    _stamp = stamp;
                }
                catch (ServerException)
                {
                    // It can't be read now: what was revoked by it is not known, so it opens nothing until it can be.
                    Take([]);
                }
            }

            return _tokens;
        }
    }

    private void Take(IReadOnlyList<AccessToken> tokens) => _tokens = [.. _own.Concat(tokens).Select(token => (token, Convert.FromHexString(token.Sha256)))];

    private static byte[] Digest(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
