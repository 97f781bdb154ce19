using System.Collections.Immutable;
using System.IO.Enumeration;
using Airworthy.Model;
using dnlib.DotNet;
using dnlib.DotNet.Emit;
using Op = dnlib.DotNet.Emit.Code;

namespace Airworthy.Probes.Build.Choosing;

/// <summary>Decides which methods get probes, and says why not of the others.</summary>
/// <param name="watch">Which lines do.</param>
/// <param name="excluded">Names of methods that don't, with <c>*</c> for anything: hot loops.</param>
internal sealed class ProbeChoice(IWatch watch, ImmutableArray<string> excluded)
{
    /// <summary>The signature and an opening brace stand above the first line that runs.</summary>
    private const int LinesAbove = 2;

    /// <summary>Instructions of an accessor that only reads or writes a field.</summary>
    private const int TinyAccessor = 8;

    private const string NoProbe = "Airworthy.Probes.NoProbeAttribute";

    private static readonly string[] s_generatedEndings = [".g.cs", ".g.i.cs", ".designer.cs", ".generated.cs", ".g.vb", ".designer.vb"];

    /// <summary>The methods with lines of their own, each with the decision.</summary>
    public IReadOnlyList<ChosenMethod> Choose(IReadOnlyList<UserMethod> methods)
    {
        var lastAbove = LastLinesAbove(methods);
        return [.. methods.Where(method => method.Lines is not null).Select(method => Choose(method, lastAbove))];
    }

    private ChosenMethod Choose(UserMethod method, Dictionary<UserMethod, int> lastAbove)
    {
        var lines = method.Lines!;
        var source = watch.Of(lines.Document);
        var reason = WhyNot(method, source);
        if (reason is null)
        {
            // A part stands within its member: the lines above it are the member's own.
            var first = method.Part.Length > 0 ? lines.First : Math.Max(lines.First - LinesAbove, lastAbove[method] + 1);
            var span = new LineSpan(Math.Max(1, Math.Min(first, lines.First)), lines.Last + 1);
            reason = source.Within(span) is null ? (source.Reason.Length > 0 ? source.Reason : "no line of it is on probation") : null;
        }

        return new ChosenMethod(method, source, reason is null, reason ?? source.Reason);
    }

    /// <summary>Where the method before ends, so that its lines are not taken for the head of the next.</summary>
    private static Dictionary<UserMethod, int> LastLinesAbove(IReadOnlyList<UserMethod> methods)
    {
        var above = new Dictionary<UserMethod, int>(ReferenceEqualityComparer.Instance);
        foreach (var file in methods.Where(method => method.Lines is not null && method.Part.Length == 0).GroupBy(method => method.Lines!.Document))
        {
            var last = 0;
            foreach (var method in file.OrderBy(method => method.Lines!.First))
            {
                above[method] = last;
                last = Math.Max(last, method.Lines!.Last);
            }
        }

        return above;
    }

    private string? WhyNot(UserMethod method, WatchedSource source)
    {
        if (IsGeneratedFile(source.Path) || IsGenerated(method.Member))
        {
            return "generated code";
        }

        if (HasNoProbe(method.Written) || HasNoProbe(method.Member))
        {
            return "[NoProbe]";
        }

        if (IsTinyAccessor(method.Written))
        {
            return "tiny accessor";
        }

        if (excluded.FirstOrDefault(pattern => Matches(pattern, method)) is { } matched)
        {
            return $"excluded by '{matched}'";
        }

        return method.Shape switch
        {
            MethodShape.RuntimeAsync => "suspended by the runtime itself, which this version can't weave",
            MethodShape.Unknown => "its state machine is not in this assembly",
            _ => null,
        };
    }

    private static bool Matches(string pattern, UserMethod method) =>
        FileSystemName.MatchesSimpleExpression(pattern, method.Name, ignoreCase: false)
        || FileSystemName.MatchesSimpleExpression(pattern, method.Id.AsSpan(2), ignoreCase: false);

    private static bool IsGeneratedFile(string path) =>
        Array.Exists(s_generatedEndings, ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
        || path.StartsWith("obj/", StringComparison.Ordinal) || path.Contains("/obj/", StringComparison.Ordinal);

    private static bool IsGenerated(MethodDef method)
    {
        // The compiler makes the class of top-level statements; the statements are a person's.
        if (method.Name == "<Main>$")
        {
            return false;
        }

        if (IsMarkedGenerated(method) || OwnersOf(method).Any(IsMarkedGenerated))
        {
            return true;
        }

        for (var type = method.DeclaringType; type is not null; type = type.DeclaringType)
        {
            if (IsMarkedGenerated(type))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsMarkedGenerated(IHasCustomAttribute thing) =>
        thing.CustomAttributes.IsDefined("System.CodeDom.Compiler.GeneratedCodeAttribute")
        || thing.CustomAttributes.IsDefined("System.Runtime.CompilerServices.CompilerGeneratedAttribute");

    private static bool HasNoProbe(MethodDef method)
    {
        if (method.CustomAttributes.IsDefined(NoProbe) || OwnersOf(method).Any(owner => owner.CustomAttributes.IsDefined(NoProbe)))
        {
            return true;
        }

        for (var type = method.DeclaringType; type is not null; type = type.DeclaringType)
        {
            if (type.CustomAttributes.IsDefined(NoProbe))
            {
                return true;
            }
        }

        return method.Module.Assembly?.CustomAttributes.IsDefined(NoProbe) ?? false;
    }

    /// <summary>The property or event an accessor belongs to.</summary>
    private static IEnumerable<IHasCustomAttribute> OwnersOf(MethodDef method) =>
        method.SemanticsAttributes == MethodSemanticsAttributes.None
            ? []
            : method.DeclaringType.Properties.Where(property => property.GetMethods.Contains(method) || property.SetMethods.Contains(method))
                .Concat<IHasCustomAttribute>(method.DeclaringType.Events.Where(raised => raised.AddMethod == method || raised.RemoveMethod == method));

    private static bool IsTinyAccessor(MethodDef method)
    {
        if (method.SemanticsAttributes == MethodSemanticsAttributes.None)
        {
            return false;
        }

        var real = method.Body.Instructions.Where(instruction => instruction.OpCode.Code != Op.Nop).ToList();
        return real.Count <= TinyAccessor
            && real.TrueForAll(instruction => instruction.OpCode.FlowControl is FlowControl.Next or FlowControl.Return or FlowControl.Branch);
    }
}
