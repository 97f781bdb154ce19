using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Airworthy.Probation;
using Airworthy.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Airworthy.Server.Api;

/// <summary><c>/api/rollout</c>: what rollout controllers ask before they send more traffic to a revision. Airworthy itself touches nothing.</summary>
internal static class RolloutApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/rollout", AskAsync)
            .WithSummary("What the watched changes of a revision say of it (Argo Rollouts: the web metric provider)")
            .Produces<RolloutVerdict>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/rollout/flagger", AnswerAsync)
            .WithMetadata(new NeedsAttribute(AccessScope.Read))
            .WithSummary("Flagger's webhook: 200 unless a change of the revision in its metadata is suspect")
            .Produces<RolloutVerdict>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> AskAsync(IServerQueries queries, string? service, string? revision, CancellationToken cancel) =>
        await queries.RolloutAsync(Asked.Required("service", service), Asked.Required("revision", revision), cancel) is { } verdict
            ? TypedResults.Ok(verdict)
            : Unknown(service!, revision!);

    private static async Task<IResult> AnswerAsync(IServerQueries queries, FlaggerCall call, CancellationToken cancel)
    {
        var service = call.Metadata?.GetValueOrDefault("service") ?? call.Name;
        if (string.IsNullOrWhiteSpace(service) || call.Metadata?.GetValueOrDefault("revision") is not { Length: > 0 } revision)
        {
            throw new ServerException(Fault.Usage, "the webhook's metadata must hold \"revision\", the commit that is rolled out, and \"service\" unless the canary has its name");
        }

        if (await queries.RolloutAsync(service, revision, cancel) is not { } verdict)
        {
            return Unknown(service, revision);
        }

        return verdict.Verdict == ProbationVerdict.Suspect
            ? Problem.Of(StatusCodes.Status409Conflict, verdict.Suspect.Count > 0
                ? $"Suspect in {verdict.Revision[..12]}: {string.Join(", ", verdict.Suspect.Take(5))}."
                : $"{service} burns its error budget too fast: {verdict.Burning}")
            : TypedResults.Ok(verdict);
    }

    private static IResult Unknown(string service, string revision) =>
        Problem.Of(StatusCodes.Status404NotFound, $"No repository that {service} is confirmed to run holds {revision}.");

    /// <summary>The body that Flagger sends to a webhook.</summary>
    internal sealed record FlaggerCall(string? Name, string? Namespace, string? Phase, IReadOnlyDictionary<string, string>? Metadata);
}
