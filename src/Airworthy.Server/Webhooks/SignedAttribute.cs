namespace Airworthy.Server.Webhooks;

/// <summary>Marks endpoints whose callers may show a signature in place of a token; see <see cref="WebhookGate"/>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class SignedAttribute : Attribute;
