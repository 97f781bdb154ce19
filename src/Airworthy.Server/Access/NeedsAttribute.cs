namespace Airworthy.Server.Access;

/// <summary>Says which scope an endpoint needs; one without it needs <see cref="AccessScope.Read"/> to be read and <see cref="AccessScope.Write"/> otherwise.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class NeedsAttribute(AccessScope scope) : Attribute
{
    public AccessScope Scope { get; } = scope;
}
