using Airworthy.Code;
using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>
/// Tells a failure of something called (a service, a database, the network) from one of the code that calls it: the root exception is of a
/// kind that says so, and it was thrown inside the code that speaks to others.
/// </summary>
internal static class OutwardFailure
{
    private static readonly string[] s_types =
    [
        "HttpRequestException", "SocketException", "WebException", "TimeoutException", "TaskCanceledException", "RpcException", "AuthenticationException",
        "SqliteException", "SqlException", "NpgsqlException", "MySqlException", "DbException", "RedisConnectionException", "RedisTimeoutException",
        "BrokenCircuitException", "BrokerUnreachableException", "HttpIOException", "TimeoutRejectedException",
        "ConnectException", "SocketTimeoutException", "UnknownHostException", "NoRouteToHostException", "SQLTransientException",
        "ConnectionError", "ConnectionRefusedError", "ConnectionResetError", "ConnectTimeout", "ReadTimeout", "OperationalError",
    ];

    /// <summary>The calls' own faults: what was asked is wrong, not who was asked.</summary>
    private static readonly string[] s_askedWrongly =
    [
        "400 (", "404 (", "405 (", "409 (", "411 (", "413 (", "415 (", "422 (",
        "SQLite Error 1:", "SQLite Error 19:", "SQLite Error 20:", "SQLite Error 25:", "InvalidArgument", "syntax error", "constraint",
    ];

    /// <summary>A sentence about what failed; null when the failure is not one of something called.</summary>
    public static string? Describe(StackTrace trace)
    {
        var root = trace.Root;
        var type = root.Type is { } full ? full[(full.LastIndexOfAny(['.', '+', '$']) + 1)..] : null;
        if (type is null || !s_types.Contains(type, StringComparer.Ordinal)
            || (root.Message is { } message && Array.Exists(s_askedWrongly, mark => message.Contains(mark, StringComparison.OrdinalIgnoreCase))))
        {
            return null;
        }

        var thrower = root.Frames.IsEmpty ? null : root.Frames[0].Symbol;
        if (!root.Frames.IsEmpty && !root.Frames.TakeWhile(frame => FrameworkCode.Owns(frame.Symbol)).Any(frame => FrameworkCode.SpeaksToOthers(frame.Symbol)))
        {
            return null;
        }

        return thrower is null ? $"{type} came from a call to something else" : $"{type} was thrown in {Owner(thrower)}: something it called failed";
    }

    private static string Owner(string symbol)
    {
        var parts = symbol.Split('.');
        return string.Join('.', parts.Take(Math.Max(1, parts.Length - 1)));
    }
}
