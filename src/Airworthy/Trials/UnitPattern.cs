namespace Airworthy.Trials;

/// <summary>A regular expression that a unit matches by.</summary>
/// <param name="Pattern">The expression.</param>
/// <param name="Options">Its options, as <see cref="System.Text.RegularExpressions.RegexOptions"/>.</param>
/// <param name="Line">The line it stands on, in its own file.</param>
/// <param name="HasTimeout">Whether the code says how long a match may take.</param>
public sealed record UnitPattern(string Pattern, int Options, int Line, bool HasTimeout);
