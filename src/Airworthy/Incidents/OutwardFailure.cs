using Airworthy.Code;
using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>
/// Tells a failure of something called (a service, a database, the network) from one of the code that calls it: the root exception is of a
/// kind that says so, and it was thrown inside the code that speaks to others; or the system says that a disk is full or failing, whoever threw it on.
/// </summary>
internal static class OutwardFailure
{
    private static readonly string[] s_types =
    [
        "HttpRequestException", "SocketException", "WebException", "TimeoutException", "TaskCanceledException", "RpcException", "AuthenticationException",
        "SqliteException", "SQLiteException", "SqlException", "NpgsqlException", "MySqlException", "DbException", "RedisConnectionException", "RedisTimeoutException",
        "BrokenCircuitException", "BrokerUnreachableException", "HttpIOException", "TimeoutRejectedException",
        "ConnectException", "SocketTimeoutException", "UnknownHostException", "NoRouteToHostException", "SQLTransientException",
        "ConnectionError", "ConnectionRefusedError", "ConnectionResetError", "ConnectTimeout", "ReadTimeout", "OperationalError",
    ];

    /// <summary>The calls' own faults: what was asked is wrong, not who was asked.</summary>
    private static readonly string[] s_askedWrongly =
    [
        "400 (", "404 (", "405 (", "409 (", "411 (", "413 (", "415 (", "422 (",
        "SQLite Error 1:", "SQLite Error 19:", "SQLite Error 20:", "SQLite Error 25:",
        "SQL logic error", "no such table", "no such column", "API misuse", "InvalidArgument", "syntax error", "constraint",
    ];

    private static readonly string[] s_ofFiles = ["IOException", "OSError"];

    /// <summary>What systems say of a disk that is full or failing. Of other files (in use, not there, not permitted) the code that asked may be at fault.</summary>
    private static readonly string[] s_disk =
    [
        "not enough space on the disk", "No space left on device", "cyclic redundancy check", "Input/output error", "I/O device error", "directory is corrupted and unreadable",
    ];

    /// <summary>A sentence about what failed; null when the failure is not one of something called.</summary>
    public static string? Describe(StackTrace trace)
    {
        var root = trace.Root;
        var type = TypeOf(root);
        if (type is not null && s_ofFiles.Contains(type, StringComparer.Ordinal) && Says(root.Message, s_disk))
        {
            return $"{type} says that a disk is full or failing";
        }

        if (type is null || !s_types.Contains(type, StringComparer.Ordinal) || Says(root.Message, s_askedWrongly))
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

    /// <summary>The type without its namespace. SQLitePCL writes a word ahead of it: <c>Corrupt: SQLitePCL.pretty.SQLiteException: …</c></summary>
    private static string? TypeOf(StackTrace root)
    {
        var full = root.Message?.Split(": ", 2)[0] is { } next && next.EndsWith(".SQLiteException", StringComparison.Ordinal) ? next : root.Type;
        return full?[(full.LastIndexOfAny(['.', '+', '$']) + 1)..];
    }

    private static bool Says(string? message, string[] marks) =>
        message is not null && Array.Exists(marks, mark => message.Contains(mark, StringComparison.OrdinalIgnoreCase));

    private static string Owner(string symbol)
    {
        var parts = symbol.Split('.');
        return string.Join('.', parts.Take(Math.Max(1, parts.Length - 1)));
    }
}
