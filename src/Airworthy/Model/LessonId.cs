namespace Airworthy.Model;

/// <summary>The opaque name of a lesson.</summary>
public readonly record struct LessonId(string Value)
{
    public override string ToString() => Value;
}
