using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Provenance.Carrying;

/// <summary>Lines of one file in their order, and what is known of each: where carried authorship comes from.</summary>
/// <param name="Path">The file.</param>
/// <param name="Texts">The lines.</param>
/// <param name="Keys">Under which key each line is attested; null where it is not.</param>
/// <param name="Notes">The note that attests each line; null where none does.</param>
internal sealed record SourceText(RepoPath Path, ImmutableArray<string> Texts, ImmutableArray<string?> Keys, ImmutableArray<NoteText?> Notes)
{
    /// <summary>How many lines are attested.</summary>
    public int Attested => Keys.Count(key => key is not null);
}
