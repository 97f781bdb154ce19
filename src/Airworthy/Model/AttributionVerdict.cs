namespace Airworthy.Model;

public enum AttributionVerdict
{
    Attributed,
    Ambiguous,
    NotAttributable,
}
