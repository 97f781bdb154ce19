namespace Airworthy.Probes.Recording;

/// <summary>The method of a recorded call, as its recordings name it.</summary>
/// <param name="Unit">The documentation-comment id of the member.</param>
/// <param name="Parameters">The names of its parameters, in order.</param>
internal sealed record RecordedMethod(string Unit, string[] Parameters)
{
    /// <summary>Empty for a member; <c>lambda</c> or a local function's name for a part of it.</summary>
    public string Part { get; init; } = "";

    /// <summary>Which it is of the member's parts of that name, from 1; 0 for a member.</summary>
    public int Ordinal { get; init; }

    /// <summary>How many parts of that name the member has.</summary>
    public int Of { get; init; }

    /// <summary>The service that runs it.</summary>
    public string Service { get; init; } = "";

    /// <summary>The commit it was built from; empty when not known.</summary>
    public string Revision { get; init; } = "";

    /// <summary>The simple name of its assembly.</summary>
    public string Assembly { get; init; } = "";
}
