namespace Airworthy.Probes;

/// <summary>Keeps the value of a field or property, or every value of a type, out of recordings: only its shape is kept.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Field | AttributeTargets.Property)]
public sealed class RedactAttribute : Attribute;
