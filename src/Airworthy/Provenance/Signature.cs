using System.Text.RegularExpressions;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>One mark an agent leaves.</summary>
/// <param name="Agent">The agent's name; <c>any</c> when the mark itself names it.</param>
/// <param name="Pattern">The expression as written in the data.</param>
/// <param name="Strength">How much the mark says.</param>
/// <param name="GivesSession">True when the mark names the session.</param>
/// <param name="Where">Where a name must stand to count.</param>
internal sealed record Signature(string Agent, string Pattern, SignalStrength Strength, bool GivesSession, string Where)
{
    private Regex? _expression;

    /// <summary>The expression, for one line or name. Its groups <c>model</c>, <c>url</c> and <c>id</c> are read.</summary>
    public Regex Expression => _expression ??= AgentSignatures.Expression(Pattern);
}
