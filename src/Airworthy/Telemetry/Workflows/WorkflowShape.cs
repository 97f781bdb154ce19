using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Airworthy.Model;

namespace Airworthy.Telemetry.Workflows;

/// <summary>The set of steps that traces had in common; order and counts are no part of it.</summary>
/// <param name="Id">SHA-256 of the sorted steps, hex, shortened to 24 digits.</param>
/// <param name="Steps">The steps, each once, sorted.</param>
public sealed record WorkflowShape(string Id, ImmutableArray<WorkflowStep> Steps)
{
    /// <summary>The shape of a trace that had these steps.</summary>
    public static WorkflowShape Of(IEnumerable<WorkflowStep> steps)
    {
        // Of one step known from several files, the same file is kept whatever the order of arrival.
        var sorted = steps
            .OrderBy(step => step.Kind)
            .ThenBy(step => step.Name, StringComparer.Ordinal)
            .ThenBy(step => step.Attributes, StringComparer.Ordinal)
            .ThenBy(step => step.File, StringComparer.Ordinal);
        var once = ImmutableArray.CreateBuilder<WorkflowStep>();
        var text = new StringBuilder();
        foreach (var step in sorted)
        {
            if (once.Count > 0 && once[^1].IsSameAs(step))
            {
                // Nothing sorts first, and a file known is better than none.
                once[^1] = once[^1].File is null ? step : once[^1];
                continue;
            }

            once.Add(step);
            text.Append((int)step.Kind).Append(':').Append(step.Name.Length).Append(':').Append(step.Name)
                .Append(step.Attributes.Length).Append(':').Append(step.Attributes);
        }

        return new WorkflowShape(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..24], once.ToImmutable());
    }
}
