namespace Airworthy.Server.Access;

/// <summary>A token as it is kept: never the token itself, only its digest.</summary>
/// <param name="Name">Who it was given to.</param>
/// <param name="Sha256">SHA-256 of the token, in hexadecimal. A token is 256 random bits, so its digest tells nothing of it.</param>
/// <param name="Scopes">What it lets its bearer do.</param>
/// <param name="Made">When it was made, UTC.</param>
/// <param name="Expires">Until when it opens, UTC; null: until it is revoked.</param>
public sealed record AccessToken(string Name, string Sha256, IReadOnlyList<AccessScope> Scopes, DateTimeOffset Made, DateTimeOffset? Expires);
