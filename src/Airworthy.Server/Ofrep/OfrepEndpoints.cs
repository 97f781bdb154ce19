using System.Security.Cryptography;
using System.Text.Json;
using Airworthy.Journeys;
using Airworthy.Journeys.Flags;
using Airworthy.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Airworthy.Server.Ofrep;

/// <summary>
/// OpenFeature's remote evaluation protocol (OFREP 0.3.0): what the flags of the policies answer. An application that can't reach it uses its code's default, which
/// is off.
/// </summary>
internal static class OfrepEndpoints
{
    private static readonly string[] s_unsupported = ["int", "float", "object"];

    private const long LargestRequest = 64 * 1024;
    private const int LongestKey = 1_000;

    public static void Map(IEndpointRouteBuilder app)
    {
        var ofrep = app.MapGroup("/ofrep/v1").WithMetadata(new RequestSizeLimitAttribute(LargestRequest), new NeedsAttribute(AccessScope.Read)).WithTags("OFREP");
        ofrep.MapPost("/evaluate/flags/{key}", EvaluateAsync)
            .WithSummary("What one flag answers (OFREP)")
            .Accepts<OfrepRequest>("application/json")
            .Produces<OfrepFlag>()
            .Produces<OfrepFault>(StatusCodes.Status400BadRequest)
            .Produces<OfrepFault>(StatusCodes.Status404NotFound);
        ofrep.MapPost("/evaluate/flags", EvaluateAllAsync)
            .WithSummary("What all flags answer, with an ETag (OFREP)")
            .Accepts<OfrepRequest>("application/json")
            .Produces<OfrepFlags>()
            .Produces(StatusCodes.Status304NotModified)
            .Produces<OfrepFault>(StatusCodes.Status400BadRequest);
        ofrep.MapGet("/configuration", () => TypedResults.Json(
                new
                {
                    name = "airworthy",
                    capabilities = new
                    {
                        cacheInvalidation = new { polling = new { enabled = true, minPollingIntervalMs = 1000 } },
                        flagEvaluation = new { unsupportedTypes = s_unsupported },
                    },
                },
                AirworthyJson.Compact))
            .WithSummary("How to ask for flags (OFREP)");
    }

    private static async Task<IResult> EvaluateAsync(string key, HttpContext context, FlagBook flags, CancellationToken cancel)
    {
        var (targetingKey, fault) = await ReadAsync(context.Request, key, cancel);
        if (fault is not null)
        {
            return Refuse(StatusCodes.Status400BadRequest, fault);
        }

        if (!(await flags.FlagsAsync(cancel)).TryGetValue(key, out var flag))
        {
            return Refuse(StatusCodes.Status404NotFound, new OfrepFault(key, "FLAG_NOT_FOUND", "no repository's airworthy.yml names this flag"));
        }

        return flag.Answer(targetingKey) is { } answer
            ? TypedResults.Json(OfrepFlag.Of(answer), AirworthyJson.Compact)
            : Refuse(StatusCodes.Status400BadRequest, OfrepFault.WithoutKey(key));
    }

    private static async Task<IResult> EvaluateAllAsync(HttpContext context, FlagBook flags, CancellationToken cancel)
    {
        var (targetingKey, fault) = await ReadAsync(context.Request, key: null, cancel);
        if (fault is not null)
        {
            return Refuse(StatusCodes.Status400BadRequest, fault);
        }

        var answers = (await flags.FlagsAsync(cancel)).Values.OrderBy(flag => flag.Flag.Key, StringComparer.Ordinal).Select(flag =>
            flag.Answer(targetingKey) is { } answer ? (object)OfrepFlag.Of(answer) : OfrepFault.WithoutKey(flag.Flag.Key));
        var body = JsonSerializer.SerializeToUtf8Bytes(new OfrepFlags([.. answers]), AirworthyJson.Compact);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body))[..32]}\"";
        context.Response.Headers.ETag = tag;
        return context.Request.Headers[HeaderNames.IfNoneMatch].ToString() is var known && (known == tag || known == $"W/{tag}")
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Bytes(body, "application/json");
    }

    /// <summary>The targeting key of a request's context; null when it has none.</summary>
    private static async Task<(string? TargetingKey, OfrepFault? Fault)> ReadAsync(HttpRequest request, string? key, CancellationToken cancel)
    {
        if (request.ContentLength == 0)
        {
            return (null, null);
        }

        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, new JsonDocumentOptions { MaxDepth = 32 }, cancel);
            if (body.RootElement.ValueKind != JsonValueKind.Object)
            {
                return (null, new OfrepFault(key, "INVALID_CONTEXT", "the body is an object with a context"));
            }

            if (!body.RootElement.TryGetProperty("context", out var told) || told.ValueKind == JsonValueKind.Null)
            {
                return (null, null);
            }

            if (told.ValueKind != JsonValueKind.Object)
            {
                return (null, new OfrepFault(key, "INVALID_CONTEXT", "context is an object"));
            }

            return !told.TryGetProperty("targetingKey", out var targeting) || targeting.ValueKind == JsonValueKind.Null ? (null, null)
                : targeting.ValueKind == JsonValueKind.String && targeting.GetString() is { Length: <= LongestKey } text ? (text, null)
                : (null, new OfrepFault(key, "INVALID_CONTEXT", $"targetingKey is a text of at most {LongestKey} characters"));
        }
        catch (JsonException)
        {
            return (null, new OfrepFault(key, "PARSE_ERROR", "the body is no JSON"));
        }
    }

    private static IResult Refuse(int status, OfrepFault fault) => TypedResults.Json(fault, AirworthyJson.Compact, statusCode: status);
}
