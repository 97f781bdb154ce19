namespace Airworthy.Alerts;

/// <summary>How telling a target goes.</summary>
/// <param name="Target">Its name.</param>
/// <param name="Open">Deliveries that wait or are tried again.</param>
/// <param name="Done">Those that arrived.</param>
/// <param name="Dead">Those that were given up; <c>POST /api/webhooks/{target}/retry</c> tries them again.</param>
/// <param name="Silenced">Those that a person silenced.</param>
/// <param name="LastError">What went wrong last; null when nothing did.</param>
public sealed record DeliverySummary(string Target, long Open, long Done, long Dead, long Silenced, string? LastError);
