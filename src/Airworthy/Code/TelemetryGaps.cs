using System.Collections.Immutable;
using System.Text;
using Airworthy.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Airworthy.Code;

/// <summary>
/// Finds in C# functions the calls that leave the process, and the exceptions that are caught for good, with neither a span, a log record nor a
/// metric in reach. By syntax alone, so by names: what a call really does is not known. See docs/probes.md for the lists.
/// </summary>
public static class TelemetryGaps
{
    private const int MostCharacters = 80;

    private static readonly HashSet<string> s_outward = new(StringComparer.Ordinal)
    {
        // HTTP
        "SendAsync", "GetAsync", "PostAsync", "PutAsync", "PatchAsync", "DeleteAsync", "GetStringAsync", "GetStreamAsync", "GetByteArrayAsync",
        "GetFromJsonAsync", "PostAsJsonAsync", "PutAsJsonAsync", "PatchAsJsonAsync", "DeleteFromJsonAsync",
        // databases
        "ExecuteReader", "ExecuteReaderAsync", "ExecuteNonQuery", "ExecuteNonQueryAsync", "ExecuteScalar", "ExecuteScalarAsync", "ExecuteAsync",
        "SaveChanges", "SaveChangesAsync", "ExecuteUpdateAsync", "ExecuteDeleteAsync", "ExecuteSqlRaw", "ExecuteSqlRawAsync", "ExecuteSqlAsync",
        "QueryAsync", "QueryFirstAsync", "QueryFirstOrDefaultAsync", "QuerySingleAsync", "QuerySingleOrDefaultAsync",
        // messages and sockets
        "PublishAsync", "ProduceAsync", "BasicPublish", "BasicPublishAsync", "SendMessageAsync", "SendMailAsync", "ConnectAsync",
    };

    // Types of the framework whose static methods leave the process.
    private static readonly HashSet<string> s_outwardTypes = new(StringComparer.Ordinal) { "File", "Process", "Directory" };

    private static readonly string[] s_harmless = ["Exists", "GetCurrentProcess"];

    private static readonly HashSet<string> s_told = new(StringComparer.Ordinal)
    {
        "StartActivity", "StartSpan", "StartActiveSpan", "StartRootSpan", "AddEvent", "AddException", "RecordException", "SetStatus",
    };

    private static readonly string[] s_instruments = ["counter", "histogram", "gauge", "meter", "metric"];

    /// <summary>The gaps of every function of a C# file, also of those that have none; empty for another language or a file too long to read.</summary>
    public static IReadOnlyDictionary<CodeUnit, ImmutableArray<TelemetryGap>> Read(RepoPath path, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var found = new Dictionary<CodeUnit, ImmutableArray<TelemetryGap>>();
        if (CodeUnits.Language(path) == "csharp" && content.Length <= CodeUnits.MaxBytes)
        {
            foreach (var (unit, nodes) in CSharpUnits.Members(path, Encoding.UTF8.GetString(content)))
            {
                found.TryAdd(unit, [.. Of(unit, nodes).OrderBy(gap => gap.Line)]);
            }
        }

        return found;
    }

    private static IEnumerable<TelemetryGap> Of(CodeUnit unit, ImmutableArray<SyntaxNode> nodes)
    {
        var inside = nodes.SelectMany(node => node.DescendantNodes()).ToList();
        foreach (var clause in inside.OfType<CatchClauseSyntax>().Where(clause => !IsToldOrThrown(clause.Block)))
        {
            yield return Gap(clause, TelemetryGapKind.SwallowedError, $"catch {clause.Declaration?.ToString() ?? ""}".TrimEnd());
        }

        if (inside.OfType<InvocationExpressionSyntax>().Any(IsTold))
        {
            yield break;
        }

        foreach (var call in inside.OfType<InvocationExpressionSyntax>().Where(IsOutward))
        {
            yield return Gap(call, TelemetryGapKind.OutwardCall, call.Expression.ToString());
        }

        TelemetryGap Gap(SyntaxNode node, TelemetryGapKind kind, string text)
        {
            var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            return new TelemetryGap(
                unit,
                node.GetLocation().GetLineSpan().StartLinePosition.Line + 1,
                kind,
                line.Length <= MostCharacters ? line : line[..(MostCharacters - 1)] + "…");
        }
    }

    internal static bool IsToldOrThrown(BlockSyntax block) =>
        block.DescendantNodes().Any(node => node is ThrowStatementSyntax or ThrowExpressionSyntax || (node is InvocationExpressionSyntax call && IsTold(call)));

    /// <summary>True for a call that leaves a trace: of a logger, of an activity, of a metric's instrument.</summary>
    private static bool IsTold(InvocationExpressionSyntax call)
    {
        var (receiver, name) = Parts(call);
        return s_told.Contains(name)
            || (name.StartsWith("Log", StringComparison.Ordinal) && (name.Length == 3 || char.IsUpper(name[3])))
            || IsLogger(receiver)
            || (name is "Add" or "Record" && s_instruments.Any(kind => receiver.Contains(kind, StringComparison.OrdinalIgnoreCase)));
    }

    // log, _log, Log, logger, auditLog; not dialog, catalog.
    private static bool IsLogger(string receiver)
    {
        var bare = receiver.TrimStart('_');
        return bare.StartsWith("log", StringComparison.OrdinalIgnoreCase)
            ? bare.Length == 3 || bare.StartsWith("logger", StringComparison.OrdinalIgnoreCase) || char.IsUpper(bare[3])
            : bare.EndsWith("Log", StringComparison.Ordinal) || bare.EndsWith("Logger", StringComparison.Ordinal);
    }

    private static bool IsOutward(InvocationExpressionSyntax call)
    {
        var (receiver, name) = Parts(call);
        return s_outward.Contains(name)
            || (s_outwardTypes.Contains(receiver) && !s_harmless.Contains(name, StringComparer.Ordinal));
    }

    /// <summary>The last name before the call, and the call's own: <c>_orders.Client.SendAsync(x)</c> is Client and SendAsync.</summary>
    private static (string Receiver, string Name) Parts(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => (Last(access.Expression), access.Name.Identifier.Text),
        MemberBindingExpressionSyntax { Parent.Parent: ConditionalAccessExpressionSyntax conditional } binding => (Last(conditional.Expression), binding.Name.Identifier.Text),
        SimpleNameSyntax name => ("", name.Identifier.Text),
        _ => ("", ""),
    };

    private static string Last(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.Text,
        SimpleNameSyntax name => name.Identifier.Text,
        _ => "",
    };
}
