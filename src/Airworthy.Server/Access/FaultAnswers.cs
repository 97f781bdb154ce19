using Airworthy.Model;
using Microsoft.AspNetCore.Http;

namespace Airworthy.Server.Access;

/// <summary>Turns an expected fault into its problem details; what is not expected is left to the server's own error answer.</summary>
internal static class FaultAnswers
{
    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (FaultException fault) when (!context.Response.HasStarted)
        {
            await Problem.WriteAsync(context, Problem.StatusOf(fault.Fault), fault.Message);
        }
        catch (BadHttpRequestException malformed) when (!context.Response.HasStarted)
        {
            await Problem.WriteAsync(context, malformed.StatusCode, malformed.Message);
        }
    }
}
