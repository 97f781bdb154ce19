using System.Diagnostics;

namespace Airworthy.Probes;

/// <summary>
/// Keeps probes out of a method, a type or a whole assembly. It is read at build and leaves no trace in an assembly that is built without probes.
/// </summary>
[Conditional("AIRWORTHY_PROBES")]
[AttributeUsage(
    AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Method
        | AttributeTargets.Constructor | AttributeTargets.Property | AttributeTargets.Event,
    Inherited = false)]
public sealed class NoProbeAttribute : Attribute;
