namespace Airworthy.Trials.Running;

/// <summary>What differs, the gravest first.</summary>
public enum DifferenceKind
{
    /// <summary>The head takes its process along, where the base returns.</summary>
    Crash,

    /// <summary>The head does not come back, where the base does.</summary>
    Hang,

    /// <summary>The head throws, where the base returns.</summary>
    NewException,

    /// <summary>Both return, and not the same.</summary>
    Value,

    /// <summary>The head leaves an argument in another state.</summary>
    Argument,

    /// <summary>The head leaves its object in another state.</summary>
    State,

    /// <summary>The head prints something else.</summary>
    Output,

    /// <summary>The head returns, where the base throws.</summary>
    LostException,

    /// <summary>Both throw, and not the same type.</summary>
    ExceptionType,

    /// <summary>The head differs from itself, where the base does not.</summary>
    Unstable,

    /// <summary>Both throw the same type with different messages.</summary>
    Message,

    /// <summary>A new member throws what a defect throws: a null reference, an index, a cast, an overflow.</summary>
    Fault,

    /// <summary>Two threads together do what no order of their calls does.</summary>
    Race,

    /// <summary>Threads wait for each other without end.</summary>
    Deadlock,

    /// <summary>The steps or bytes of a call grow faster with its input.</summary>
    Growth,

    /// <summary>The steps of a call grow with its input, where they did not, and no faster than it.</summary>
    Work,

    /// <summary>A regular expression that some texts take very long to match.</summary>
    Backtracking,

    /// <summary>A call allocates more.</summary>
    Allocation,

    /// <summary>A property that the member's shape promises does not hold.</summary>
    Property,

    /// <summary>A mutant of the change does otherwise, and no test notices: base is the code as it is, head the mutant.</summary>
    Gap,
}
