namespace Airworthy.Server.Alerts;

/// <summary>Who is told of what happens.</summary>
/// <param name="Name">Its name: deliveries are kept under it.</param>
/// <param name="Url">Where it is told; https, or http on this machine or where <paramref name="AllowPrivate"/> says so.</param>
/// <param name="Secret">What deliveries are signed with; null only for Slack, whose address is the secret.</param>
/// <param name="IsSlack">True for Slack's form, false for CloudEvents.</param>
/// <param name="Types">What it is told; everything when none is named.</param>
/// <param name="AllowPrivate">True when its address may be one of a private network.</param>
public sealed record WebhookTarget(string Name, Uri Url, byte[]? Secret, bool IsSlack, IReadOnlyCollection<string> Types, bool AllowPrivate);
