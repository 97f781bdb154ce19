using Airworthy.Journeys.Agents;
using Airworthy.Server.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;

namespace Airworthy.Server.Mcp;

/// <summary><c>/mcp</c>: the Model Context Protocol over streamable HTTP, without sessions, so that any node answers any request.</summary>
internal static class McpEndpoints
{
    private const long LargestRequest = 8 * 1024 * 1024;

    public static void AddAgentTools(this IServiceCollection services)
    {
        services.AddSingleton<IAgentSource, ShelfSource>();
        services.AddSingleton<AgentTools>();
        services.AddOptions<McpServerOptions>().Configure<AgentTools>((options, tools) => tools.Configure(options));
        services.AddMcpServer().WithHttpTransport(http => http.SessionMode = HttpServerSessionMode.Stateless);
    }

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapMcp("/mcp").WithMetadata(new RequestSizeLimitAttribute(LargestRequest), new NeedsAttribute(AccessScope.Read));
}
