using System.Collections.Immutable;

namespace Airworthy.Policies;

/// <summary>What agents may do in a repository at all, whatever the evidence.</summary>
/// <param name="Allow">The agents that may write here; empty: any.</param>
/// <param name="Models">The models that may; empty: any.</param>
/// <param name="Deny">Paths that no agent may change.</param>
/// <param name="Largest">The most AI-written or unknown lines of one change that may lack evidence; null: any number.</param>
public sealed record AgentRules(
    ImmutableArray<NamePattern> Allow, ImmutableArray<NamePattern> Models, ImmutableArray<GlobPattern> Deny, int? Largest)
{
    public const string AllowId = "agents/allow";
    public const string ModelsId = "agents/models";
    public const string DenyId = "agents/deny";
    public const string EnvironmentsId = "agents/environments";
    public const string LargestId = "agents/largest";

    /// <summary>The environments that agents may write code for; empty: any. Code that also runs in another is closed to them.</summary>
    public ImmutableArray<string> Environments { get; init; } = [];

    /// <summary>Agents may do anything.</summary>
    public static AgentRules None { get; } = new([], [], [], null);

    /// <summary>The rules that are set, by the names verdicts and exceptions call them.</summary>
    public IEnumerable<string> Ids
    {
        get
        {
            if (!Allow.IsEmpty)
            {
                yield return AllowId;
            }

            if (!Models.IsEmpty)
            {
                yield return ModelsId;
            }

            if (!Deny.IsEmpty)
            {
                yield return DenyId;
            }

            if (!Environments.IsEmpty)
            {
                yield return EnvironmentsId;
            }

            if (Largest is not null)
            {
                yield return LargestId;
            }
        }
    }
}
