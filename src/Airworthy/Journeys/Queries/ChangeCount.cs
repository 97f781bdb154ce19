using Airworthy.Model;

namespace Airworthy.Journeys.Queries;

/// <summary>How many changes of one authorship stand in one state.</summary>
public sealed record ChangeCount(ChangeState State, AuthorKind Authorship, int Count);
