namespace Airworthy.Probes.Recording;

/// <summary>The method of a recorded call, as its recordings name it.</summary>
/// <param name="Unit">Its documentation-comment id.</param>
/// <param name="Parameters">The names of its parameters, in order.</param>
internal sealed record RecordedMethod(string Unit, string[] Parameters)
{
    /// <summary>The service that runs it.</summary>
    public string Service { get; init; } = "";

    /// <summary>The commit it was built from; empty when not known.</summary>
    public string Revision { get; init; } = "";

    /// <summary>The simple name of its assembly.</summary>
    public string Assembly { get; init; } = "";
}
