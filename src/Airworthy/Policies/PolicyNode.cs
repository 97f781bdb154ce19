using System.Collections.Immutable;

namespace Airworthy.Policies;

/// <summary>A node of the policy's YAML and where it starts; lines and columns from 1.</summary>
internal abstract record PolicyNode(int Line, int Column)
{
    /// <summary>A value.</summary>
    public sealed record Scalar(string Text, bool IsPlain, int Line, int Column) : PolicyNode(Line, Column);

    /// <summary>A list.</summary>
    public sealed record Sequence(ImmutableArray<PolicyNode> Items, int Line, int Column) : PolicyNode(Line, Column);

    /// <summary>Keys and values, in the file's order; keys are unique.</summary>
    public sealed record Mapping(ImmutableArray<(Scalar Key, PolicyNode Value)> Entries, int Line, int Column) : PolicyNode(Line, Column);
}
