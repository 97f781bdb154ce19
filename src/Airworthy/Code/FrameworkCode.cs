namespace Airworthy.Code;

/// <summary>Knows the frames of runtimes, standard libraries and well-known frameworks by their namespaces, so that they are never blamed.</summary>
public static class FrameworkCode
{
    private static readonly string[] s_namespaces =
    [
        "System.", "Microsoft.", "Grpc.", "Npgsql.", "Dapper.", "StackExchange.", "Newtonsoft.", "Polly.", "MySql", "Oracle.", "MongoDB.", "RabbitMQ.", "SQLitePCL.",
        "java.", "javax.", "jdk.", "sun.", "kotlin.", "org.springframework.", "org.apache.", "io.netty.",
        "runtime.", "net/http.", "database/sql.",
        "node:", "__libc_", "__GI_", "std::",
    ];

    private static readonly string[] s_network =
    [
        "System.Net.", "System.Data.", "Microsoft.Data.", "Grpc.", "Npgsql.", "StackExchange.Redis.", "MySql", "Oracle.", "MongoDB.", "RabbitMQ.", "SQLitePCL.",
        "Microsoft.Extensions.Http.", "Polly.",
        "java.net.", "sun.nio.ch.", "java.sql.", "org.apache.http.", "io.netty.",
        "net.", "net/http.", "database/sql.",
        "node:net", "node:internal/net",
    ];

    // Folders in which package managers and toolchains keep what is nobody's own: a file there may end like one of the repository's.
    private static readonly string[] s_folders =
    [
        "/rustc/", "/.cargo/registry/", "/usr/local/go/src/", "/go/pkg/mod/", "/site-packages/", "/dist-packages/", "/usr/lib/", "/usr/include/", "/lib/python", "/gems/",
        "/node_modules/", "/.nuget/packages/", "/usr/src/debug/glibc", "/build/glibc",
    ];

    /// <summary>True when the file lies where a package manager or a toolchain keeps its own.</summary>
    public static bool OwnsFile(string? file) =>
        file is not null && (file.StartsWith("node:", StringComparison.Ordinal)
            || (Path.IsPathRooted(file) && Array.Exists(s_folders, folder => file.Contains(folder, StringComparison.Ordinal))));

    /// <summary>True when the symbol belongs to a runtime, a standard library or a well-known framework.</summary>
    public static bool Owns(string? symbol) => Starts(symbol, s_namespaces);

    /// <summary>True when the symbol belongs to code that speaks to another process: HTTP, sockets, databases, queues.</summary>
    public static bool SpeaksToOthers(string? symbol) => Starts(symbol, s_network);

    private static bool Starts(string? symbol, string[] prefixes) =>
        symbol is not null && Array.Exists(prefixes, prefix => symbol.StartsWith(prefix, StringComparison.Ordinal));
}
