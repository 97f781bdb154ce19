using Airworthy.Journeys.Repositories;
using Airworthy.Model;
using Airworthy.Telemetry;

namespace Airworthy.Journeys.Services;

/// <summary>
/// What operators said that services' telemetry means. The last word on a version or path counts at the next question, for all that was ever
/// observed; what it meant before is kept beside it.
/// </summary>
public sealed class ServiceMappings(IServiceRegistry registry, RepositoryShelf shelf, ServerNews news, TimeProvider time)
{
    private const int LongestText = 512;

    // Every place and incident asks; an operator's correction can wait this long.
    private static readonly TimeSpan s_holds = TimeSpan.FromSeconds(1);

    private volatile Known? _known;

    /// <summary>Every word, the oldest first.</summary>
    public async Task<IReadOnlyList<ServiceMapping>> AllAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (_known is { } known && now - known.At < s_holds)
        {
            return known.All;
        }

        var all = await registry.MappingsAsync(cancel);
        _known = new Known(now, all);
        return all;
    }

    /// <summary>What a service's version means by the operator's word; the version itself when nobody said anything.</summary>
    public async Task<ReportedVersion> VersionAsync(string service, ReportedVersion version, CancellationToken cancel)
    {
        var word = (await AllAsync(cancel)).LastOrDefault(mapping =>
            mapping.Kind == ServiceMappingKind.Version && string.Equals(mapping.Service, service, StringComparison.Ordinal) && Names(version, mapping.Told));
        return word is null ? version : ReportedVersion.None with { HeadRevision = word.Means };
    }

    /// <summary>A service's path as the repository has it, by the longest beginning that is mapped.</summary>
    public async Task<string?> PathAsync(string service, string? path, CancellationToken cancel)
    {
        if (path is null)
        {
            return null;
        }

        var word = (await AllAsync(cancel))
            .Where(mapping => mapping.Kind == ServiceMappingKind.PathPrefix && string.Equals(mapping.Service, service, StringComparison.Ordinal))
            .Where(mapping => path.StartsWith(mapping.Told, StringComparison.Ordinal))
            .MaxBy(mapping => mapping.Told.Length);
        return word is null ? path : (word.Means.Length == 0 ? "" : word.Means + "/") + path[word.Told.Length..].TrimStart('/', '\\');
    }

    /// <summary>A service's trace with its files as the repository has them.</summary>
    public async Task<StackTrace> TraceAsync(string service, StackTrace trace, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(trace);
        var frames = new List<StackFrame>(trace.Frames.Length);
        foreach (var frame in trace.Frames)
        {
            frames.Add(frame with { File = await PathAsync(service, frame.File, cancel) });
        }

        return trace with { Frames = [.. frames], Inner = trace.Inner is { } inner ? await TraceAsync(service, inner, cancel) : null };
    }

    /// <summary>Stores an operator's word; durable when it returns.</summary>
    /// <exception cref="JourneyException">Something of it is missing, or no repository of the service holds the commit.</exception>
    public async Task<MappingSummary> MapAsync(string service, MappingRequest request, string? before, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        var mapping = request switch
        {
            { Version: { } version, Revision: { } revision, PathPrefix: null } =>
                new ServiceMapping(service, ServiceMappingKind.Version, Text("version", version), await CommitAsync(service, revision, cancel), before, time.GetUtcNow()),
            { PathPrefix: { } prefix, Folder: { } folder, Version: null } =>
                new ServiceMapping(service, ServiceMappingKind.PathPrefix, Text("path prefix", prefix), FolderOf(folder), before, time.GetUtcNow()),
            _ => throw Wrong("give a version and the revision it is, or a path prefix and the folder it is"),
        };
        var earlier = (await registry.MappingsAsync(cancel)).LastOrDefault(other =>
            other.Kind == mapping.Kind && string.Equals(other.Service, service, StringComparison.Ordinal) && string.Equals(other.Told, mapping.Told, StringComparison.Ordinal));
        mapping = earlier is null ? mapping : mapping with { Before = earlier.Means };
        await registry.MapAsync(Text("service", service), mapping, cancel);
        _known = null;
        news.Tell(new ServerEvent("repository", service));
        return Summary(mapping);
    }

    /// <summary>A word as answers show it.</summary>
    public static MappingSummary Summary(ServiceMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        return new MappingSummary(mapping.Kind == ServiceMappingKind.Version ? "version" : "path-prefix", mapping.Told, mapping.Means, mapping.Before, mapping.At);
    }

    private static bool Names(ReportedVersion version, string told) =>
        new[] { version.ServiceVersion, version.HeadRevision, version.GitCommitSha, version.SentryRelease }.Contains(told, StringComparer.Ordinal);

    private async Task<string> CommitAsync(string service, string revision, CancellationToken cancel)
    {
        foreach (var claim in (await registry.ClaimsAsync(cancel)).Where(claim => claim.Confirmed && string.Equals(claim.Service, service, StringComparison.Ordinal)))
        {
            if (await shelf.OpenAsync(claim.Repository, cancel) is { } git && await git.TryResolveAsync($"{Text("revision", revision)}^{{commit}}", cancel) is { } commit)
            {
                return commit.Hex;
            }
        }

        throw Wrong($"no repository confirmed for {service} holds {revision}; push or fetch it first, or confirm one by 'airworthy repos add PATH --service {service}'");
    }

    private static string FolderOf(string folder)
    {
        var path = folder.Trim().Trim('/');
        return path.Length <= LongestText && !path.Split('/').Contains("..") && !path.Any(char.IsControl)
            ? path is "." ? "" : path
            : throw Wrong($"'{folder}' is no folder of a repository; give it as src or src/shop");
    }

    private static string Text(string name, string? text) =>
        string.IsNullOrWhiteSpace(text) || text.Length > LongestText || text.Any(char.IsControl)
            ? throw Wrong($"the {name} is empty, longer than {LongestText} letters, or holds control characters")
            : text.Trim();

    private sealed record Known(DateTimeOffset At, IReadOnlyList<ServiceMapping> All);

    private static JourneyException Wrong(string problem) => new(Fault.Usage, problem);
}
