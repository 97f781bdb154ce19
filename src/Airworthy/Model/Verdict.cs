using System.Collections.Immutable;

namespace Airworthy.Model;

/// <summary>A judgement with its reasons and the policy that ruled.</summary>
/// <param name="Kind">The answer.</param>
/// <param name="Reasons">Sentences for people, the worst first.</param>
/// <param name="PolicyDigest">SHA-256 of the policy's text, hex; <c>default</c> when no file was there.</param>
/// <param name="PolicyRevision">The revision the policy was read at; null for the working tree or the default.</param>
public sealed record Verdict(VerdictKind Kind, ImmutableArray<string> Reasons, string PolicyDigest, CommitId? PolicyRevision);
