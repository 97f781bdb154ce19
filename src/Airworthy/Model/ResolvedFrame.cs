namespace Airworthy.Model;

/// <summary>A frame met with the repository at the running revision.</summary>
/// <param name="Frame">The frame as told.</param>
/// <param name="Path">The file it is; null when it is not of this repository, or ambiguous.</param>
/// <param name="Line">The line in that file; null when only the function is known.</param>
/// <param name="Unit">The function around it; null when not found.</param>
/// <param name="InApp">True when the frame is the repository's own code.</param>
public sealed record ResolvedFrame(StackFrame Frame, RepoPath? Path, int? Line, CodeUnit? Unit, bool InApp);
