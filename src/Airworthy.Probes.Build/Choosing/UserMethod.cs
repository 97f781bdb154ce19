using dnlib.DotNet;

namespace Airworthy.Probes.Build.Choosing;

/// <summary>A method, lambda or local function as it stands in the source, and where the compiler put its code.</summary>
/// <param name="Written">What its callers call.</param>
/// <param name="Body">Where its code is: itself, or <c>MoveNext</c> of its state machine.</param>
/// <param name="Shape">How its code is laid out.</param>
/// <param name="Lines">Its lines; null when no person wrote any.</param>
internal sealed record UserMethod(MethodDef Written, MethodDef Body, MethodShape Shape, SourceLines? Lines)
{
    /// <summary>The member it belongs to: itself unless it is a lambda or a local function.</summary>
    public MethodDef Member { get; init; } = Written;

    /// <summary>Empty for a member; <c>lambda</c> or a local function's name for a part of one.</summary>
    public string Part { get; init; } = "";

    /// <summary>Which it is of the member's parts of that name, from 1 in the order of the source; 0 for a member.</summary>
    public int Ordinal { get; init; }

    /// <summary>How many parts of that name the member has.</summary>
    public int Of { get; init; }

    public string Id => DocumentationId.Of(Member);

    public string Name => DocumentationId.Name(Member);
}
