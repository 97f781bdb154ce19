namespace Airworthy.Server.Listeners;

/// <summary>Marks endpoints that are answered only on ports of these roles; those without it only on <see cref="ListenerRole.Http"/>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class OnlyOnAttribute(params ListenerRole[] roles) : Attribute
{
    public IReadOnlyCollection<ListenerRole> Roles { get; } = roles;
}
