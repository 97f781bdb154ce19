namespace Airworthy.Server.Access;

/// <summary>Marks endpoints that need no token: health, which tells nothing but that the server lives.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class OpenToAllAttribute : Attribute;
