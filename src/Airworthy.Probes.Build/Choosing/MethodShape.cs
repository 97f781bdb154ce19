namespace Airworthy.Probes.Build.Choosing;

/// <summary>How the compiler laid out a method's code.</summary>
internal enum MethodShape
{
    /// <summary>In the method itself.</summary>
    Plain,

    /// <summary>In a state machine that a task stands for.</summary>
    Async,

    /// <summary>In a state machine that is enumerated.</summary>
    Iterator,

    /// <summary>In a state machine that is enumerated asynchronously.</summary>
    AsyncIterator,

    /// <summary>In the method itself, which the runtime suspends.</summary>
    RuntimeAsync,

    /// <summary>In a state machine this version does not know.</summary>
    Unknown,
}
