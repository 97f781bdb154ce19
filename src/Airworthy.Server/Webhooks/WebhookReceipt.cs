namespace Airworthy.Server.Webhooks;

/// <summary>The answer to a webhook: what was stored of it.</summary>
/// <param name="Releases">Releases that were not known before.</param>
/// <param name="Incidents">Incidents that it opened, saw again or ended.</param>
/// <param name="Ignored">Why nothing was taken; null when something was.</param>
internal sealed record WebhookReceipt(int Releases, int Incidents, string? Ignored);
