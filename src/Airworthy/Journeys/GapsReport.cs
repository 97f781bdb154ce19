using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Journeys;

/// <summary>Where production would not tell of what unproven code does.</summary>
/// <param name="Revision">The revision read.</param>
/// <param name="Areas">The critical areas of its policy; empty when it names none.</param>
/// <param name="Files">C# files read.</param>
/// <param name="Unproven">Functions in them with a living line of an authorship on probation.</param>
/// <param name="Gaps">The gaps in those, by file and line.</param>
public sealed record GapsReport(CommitId Revision, ImmutableArray<string> Areas, int Files, int Unproven, ImmutableArray<AuthoredGap> Gaps);
