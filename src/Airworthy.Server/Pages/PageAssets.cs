using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Airworthy.Server.Pages;

/// <summary>
/// The style sheet, the script and the icon, inside the assembly: the same wherever and however the server is started. Addresses carry a
/// digest of the content, so a browser may keep them for ever.
/// </summary>
internal static class PageAssets
{
    private sealed record Asset(byte[] Content, string ContentType, string Digest);

    private static readonly FrozenDictionary<string, Asset> s_assets =
        new[] { ("airworthy.css", "text/css; charset=utf-8"), ("airworthy.js", "text/javascript; charset=utf-8"), ("icon.svg", "image/svg+xml") }
            .ToFrozenDictionary(a => a.Item1, a => Read(a.Item1, a.Item2), StringComparer.Ordinal);

    /// <summary>The address of an asset.</summary>
    public static string Url(string name) => $"/assets/{s_assets[name].Digest}/{name}";

    /// <summary>Answers a request for an asset; one of another version is answered with the version there is, not to be kept.</summary>
    public static IResult Answer(string digest, string name, HttpContext context)
    {
        if (!s_assets.TryGetValue(name, out var asset))
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = digest == asset.Digest ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Bytes(asset.Content, asset.ContentType, entityTag: new EntityTagHeaderValue($"\"{asset.Digest}\""));
    }

    private static Asset Read(string name, string contentType)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream($"Airworthy.Server.Pages.Assets.{name}")
            ?? throw new InvalidOperationException($"the asset {name} is not in the assembly");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new Asset(content, contentType, Convert.ToHexStringLower(SHA256.HashData(content))[..16]);
    }
}
