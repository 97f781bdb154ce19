namespace Airworthy.Probes;

/// <summary>One method of a <see cref="ProbeReport"/>.</summary>
/// <param name="Id">The documentation-comment id of the member a person or an agent wrote.</param>
/// <param name="Part">Empty for the member itself; <c>lambda</c>, or a local function's name, for a part of it.</param>
/// <param name="File">The file, from the repository's top where it lies in one.</param>
/// <param name="Line">The first line that runs.</param>
/// <param name="HasProbe">True when it carries a probe.</param>
/// <param name="Reason">Why it does not; of a probe, what it does not count and why; empty when there is nothing to tell.</param>
public sealed record ReportedMethod(string Id, string Part, string File, int Line, bool HasProbe, string Reason);
