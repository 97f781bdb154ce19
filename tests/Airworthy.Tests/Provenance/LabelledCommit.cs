using System.Collections.Immutable;
using System.Text.Json;
using Airworthy.Git;

namespace Airworthy.Tests.Provenance;

/// <summary>A commit of the corpus with the truth about it.</summary>
/// <param name="About">What it is an example of.</param>
/// <param name="Wrote">The agents that wrote it.</param>
/// <param name="Helped">The agents of which it has only a hint, or that only helped.</param>
/// <param name="Commit">The commit.</param>
internal sealed record LabelledCommit(string About, ImmutableArray<string> Wrote, ImmutableArray<string> Helped, Commit Commit)
{
    /// <summary>The corpus: one JSON object a line.</summary>
    public static IReadOnlyList<LabelledCommit> All { get; } =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Provenance", "Corpus", "commits.jsonl")).Select(Parse)];

    public override string ToString() => $"{About}: {Commit.Author.Name} <{Commit.Author.Email}>: {Commit.Message.ReplaceLineEndings("⏎")}";

    private static LabelledCommit Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        var entry = json.RootElement;
        return new LabelledCommit(
            entry.GetProperty("about").GetString()!,
            Names(entry.GetProperty("wrote")),
            Names(entry.GetProperty("helped")),
            TestCommits.Commit(
                entry.GetProperty("message").GetString()!,
                Optional(entry, "author") ?? TestCommits.Person,
                Optional(entry, "committer"),
                entry.TryGetProperty("merge", out _) ? [TestCommits.Id("a"), TestCommits.Id("b")] : []));
    }

    private static ImmutableArray<string> Names(JsonElement names) => [.. names.EnumerateArray().Select(name => name.GetString()!)];

    private static string? Optional(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.GetString() : null;
}
