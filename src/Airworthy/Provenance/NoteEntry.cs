using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>One range of one attestation, in the order of the note.</summary>
/// <param name="Key">What names the author: a session, a prompt, a person.</param>
/// <param name="Span">The lines; may overlap others.</param>
internal readonly record struct NoteEntry(string Key, LineSpan Span);
