using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>Lines that follow each other, came from one commit, and are known alike.</summary>
/// <param name="Lines">The lines and their origin.</param>
/// <param name="Authorship">Who wrote them.</param>
public readonly record struct AuthoredRun(LineRun Lines, Authorship Authorship);
