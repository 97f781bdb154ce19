using System.Collections.Immutable;

namespace Airworthy.Provenance.Records;

/// <summary>Reads the text of one tool's notes. Found in <see cref="RecordSources"/>.</summary>
internal interface INoteFormat
{
    /// <summary>Reads <paramref name="text"/>; false, with what is wrong, when it is no note of this format.</summary>
    /// <param name="text">The note.</param>
    /// <param name="elsewhere">Authors that other notes keep a record of, by key, for the keys this one keeps none for.</param>
    /// <param name="note">What it tells.</param>
    /// <param name="problem">What is wrong, as the rest of a sentence; empty when nothing is.</param>
    bool TryRead(ReadOnlySpan<byte> text, IReadOnlyDictionary<string, AttestedAuthor?> elsewhere, out Note note, out string problem);

    /// <summary>The prompts that <paramref name="text"/> holds; none when it is no note of this format.</summary>
    IEnumerable<Prompt> Prompts(ReadOnlySpan<byte> text);

    /// <summary>The authors that <paramref name="text"/> keeps a record of, by key; null in place of one that does not count.</summary>
    IReadOnlyDictionary<string, AttestedAuthor?> Authors(ReadOnlySpan<byte> text) => ImmutableDictionary<string, AttestedAuthor?>.Empty;
}
