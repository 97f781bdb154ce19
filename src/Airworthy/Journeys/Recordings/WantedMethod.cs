using Airworthy.Model;

namespace Airworthy.Journeys.Recordings;

/// <summary>A method whose calls a server would have recorded.</summary>
/// <param name="Unit">Its documentation-comment id.</param>
/// <param name="Repository">Of the change.</param>
/// <param name="Change">The change for which it is wanted.</param>
/// <param name="State">Where that change stands.</param>
public sealed record WantedMethod(string Unit, string Repository, string Change, ChangeState State);
