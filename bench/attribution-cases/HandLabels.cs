using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Airworthy.Code;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.AttributionCases;

/// <summary>Reads <c>labels.json</c>: incidents that a person read in issues, as revisions, frames and causes.</summary>
internal static class HandLabels
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>An incident as the file has it.</summary>
    /// <param name="Project"><c>owner/name</c>.</param>
    /// <param name="Id">What to call it.</param>
    /// <param name="Revision">The revision that failed; <c>#12^</c> is that before pull request 12.</param>
    /// <param name="Causes">What caused it, by commit or by pull request (<c>#12</c>); none where that lies outside of the repository.</param>
    /// <param name="Exception">The type of the exception, or the signal.</param>
    /// <param name="Message">What the system or a library said, where that alone tells that a disk or a file is broken; else null: the words of projects are not kept.</param>
    /// <param name="Frames">Its frames, innermost first.</param>
    /// <param name="Derived">True where the fix tells of no trace: then its frames were read off what the fix says and the code at the revision, as far as these leave no choice.</param>
    /// <param name="Told">The commit whose message holds the trace, in place of an exception and frames.</param>
    private sealed record Entry(
        string Project, string Id, string Revision, string[] Causes, string? Exception = null, string? Message = null, Frame[]? Frames = null, bool Derived = false, string? Told = null);

    private sealed record Frame(string Symbol, string? Path, int? Line);

    /// <summary>The incidents of one project that its clone can tell.</summary>
    public static async Task<List<LabelledFix>> ReadAsync(string file, GitRepository repository, string project, PullRequests requests, CancellationToken cancel)
    {
        var found = new List<LabelledFix>();
        foreach (var entry in JsonSerializer.Deserialize<Entry[]>(await File.ReadAllBytesAsync(file, cancel), s_json)!.Where(entry => entry.Project == project))
        {
            var causes = new List<CommitId>();
            foreach (var name in entry.Causes)
            {
                causes.AddRange(await CommitsAsync(name, repository, requests, cancel));
            }

            var told = entry.Told is { } teller ? await repository.CommitAsync(await repository.ResolveAsync(teller, cancel), cancel) : null;
            var trace = StackTraces.Read(told?.Message ?? Written(entry)) ?? throw new InvalidDataException($"{entry.Id} holds no trace");
            var revision = entry.Revision.StartsWith('#')
                ? (await repository.CommitAsync((await CommitsAsync(entry.Revision.TrimEnd('^'), repository, requests, cancel))[^1], cancel)).Parents[0]
                : await repository.ResolveAsync(entry.Revision, cancel);
            var label = told is not null ? LabelSource.Message : entry.Derived ? LabelSource.Fix : LabelSource.Issue;
            found.Add(new LabelledFix(entry.Id, revision, told?.AuthoredAt, trace, causes, label));
        }

        return found;
    }

    private static async Task<List<CommitId>> CommitsAsync(string name, GitRepository repository, PullRequests requests, CancellationToken cancel)
    {
        if (!name.StartsWith('#'))
        {
            return [await repository.ResolveAsync(name, cancel)];
        }

        var commits = await requests.CommitsAsync(repository, int.Parse(name[1..], CultureInfo.InvariantCulture), cancel);
        return commits.Count > 0 ? commits : throw new InvalidDataException($"no commit says that it is pull request {name}");
    }

    /// <summary>The trace as .NET writes it.</summary>
    private static string Written(Entry entry)
    {
        var text = new StringBuilder(entry.Exception).Append(CultureInfo.InvariantCulture, $": {entry.Message}\n");
        foreach (var frame in entry.Frames ?? [])
        {
            text.Append(CultureInfo.InvariantCulture, $"   at {frame.Symbol}");
            text.Append(frame.Path is null ? "\n" : string.Create(CultureInfo.InvariantCulture, $" in {frame.Path}:line {frame.Line}\n"));
        }

        return text.ToString();
    }
}
