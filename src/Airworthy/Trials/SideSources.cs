using System.Collections.Immutable;

namespace Airworthy.Trials;

/// <summary>One side as its own build compiled it.</summary>
/// <param name="Top">The checkout.</param>
/// <param name="ProjectFolder">Where the compiler ran.</param>
/// <param name="CommandLine">What the compiler was given.</param>
/// <param name="Generated">Where the sources lie that generators made; absent when none did.</param>
/// <param name="Assembly">The assembly that was made.</param>
/// <param name="Output">Where an instrumented copy goes.</param>
public sealed record SideSources(string Top, string ProjectFolder, ImmutableArray<string> CommandLine, string Generated, string Assembly, string Output);
