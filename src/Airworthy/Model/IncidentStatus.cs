namespace Airworthy.Model;

public enum IncidentStatus
{
    Open,
    Resolved,
}
