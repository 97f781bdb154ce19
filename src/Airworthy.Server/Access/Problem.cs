using Airworthy.Model;
using Microsoft.AspNetCore.Http;

namespace Airworthy.Server.Access;

/// <summary>Tells what is wrong as problem details (RFC 9457): one sentence, no stack trace.</summary>
internal static class Problem
{
    /// <summary>Writes a problem as the answer.</summary>
    public static Task WriteAsync(HttpContext context, int status, string detail) => Of(status, detail).ExecuteAsync(context);

    /// <summary>A problem as an endpoint's result.</summary>
    public static IResult Of(int status, string detail) => TypedResults.Problem(detail, statusCode: status);

    /// <summary>The status that fits a fault.</summary>
    public static int StatusOf(Fault fault) => fault switch
    {
        Fault.Usage => StatusCodes.Status400BadRequest,
        Fault.BadInput => StatusCodes.Status422UnprocessableEntity,
        Fault.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
