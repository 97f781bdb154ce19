using System.Diagnostics;
using System.Globalization;
using Airworthy.Probes.Recording;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Routing;

namespace Airworthy.Probes.AspNetCore;

/// <summary>Copies what is asked and answered of the requests that are wanted. Bodies pass by as they would; nothing is held back or read for the app.</summary>
internal sealed class RequestRecording(RequestDelegate next, RouteRecorder recorder)
{
    public Task InvokeAsync(HttpContext context) =>
        RecordingSwitch.WantsRoute(context.Request.Method, context.Request.Path.Value ?? "") && recorder.TryBegin() ? RecordAsync(context) : next(context);

    private async Task RecordAsync(HttpContext context)
    {
        var (asked, answered, time) = (new BoundedCopy(HttpParts.MostBody), new BoundedCopy(HttpParts.MostBody), TimeProvider.System.GetUtcNow());
        var request = context.Request;
        var (target, method) = (request.GetEncodedPathAndQuery(), request.Method);
        var trace = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.TraceId.ToHexString() : null;
        var headers = Headers(request.Headers);
        request.Body = new CopiedStream(request.Body, asked);
        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        context.Features.Set<IHttpResponseBodyFeature>(new CopiedResponse(body, answered));
        var outward = OutwardLog.New();
        outward.Enter();
        var ran = ProbeRegistry.StatementsRun();
        Exception? thrown = null;
        try
        {
            await next(context);
        }
        catch (Exception any)
        {
            thrown = any;
            throw;
        }
        finally
        {
            outward.Leave();
            if (request.ContentLength > asked.Length && asked.Missing is null)
            {
                asked.Miss("not read");
            }

            recorder.Keep(
                new HttpExchange(method, target, Template(context), time, trace, headers, asked)
                {
                    Culture = (context.Features.Get<IRequestCultureFeature>()?.RequestCulture.Culture ?? CultureInfo.CurrentCulture).Name,
                    // The server answers 500 for what is thrown at it.
                    Status = thrown is null ? context.Response.StatusCode : StatusCodes.Status500InternalServerError,
                    ResponseHeaders = Headers(context.Response.Headers),
                    ResponseBody = answered,
                    StatementsRun = (ran, ProbeRegistry.StatementsRun()),
                    Thrown = thrown?.GetType(),
                },
                outward);
        }
    }

    /// <summary>An error handler that runs the pipeline again hides which endpoint failed, and tells it apart.</summary>
    private static string? Template(HttpContext context)
    {
        var endpoint = context.Features.Get<Microsoft.AspNetCore.Diagnostics.IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint();
        return endpoint is RouteEndpoint { RoutePattern.RawText: { } template } ? "/" + template.TrimStart('/') : null;
    }

    private static Dictionary<string, string> Headers(IHeaderDictionary headers) =>
        headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
}
