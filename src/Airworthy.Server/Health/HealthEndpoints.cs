using Airworthy.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Airworthy.Server.Health;

/// <summary><c>/healthz</c>: the process lives. <c>/readyz</c>: it may be sent work.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", () => TypedResults.Text("ok\n"))
            .WithMetadata(new OpenToAllAttribute())
            .ExcludeFromDescription();
        app.MapGet("/readyz", (Readiness readiness) => readiness.WaitsFor is { } what
                ? TypedResults.Text($"waits for {what}\n", statusCode: StatusCodes.Status503ServiceUnavailable)
                : TypedResults.Text("ready\n"))
            .WithMetadata(new OpenToAllAttribute())
            .ExcludeFromDescription();
    }
}
