using System.Collections.Immutable;
using System.Diagnostics;
using Airworthy.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Airworthy.TrialWorker.Preparing;

/// <summary>Compiles a side again with counters, or with steps of a schedule, in it. A file that does not compile so is compiled as it was.</summary>
internal static class Instrumentation
{
    private const int MostAttempts = 5;
    private const int MostTrees = 4000;
    private const int MostLines = 2000;

    /// <summary>Compiles it; gives the assembly and its counters, or the one that was built, and none.</summary>
    /// <param name="side">The side.</param>
    /// <param name="weigh">Whether what the framework goes through for it is counted too.</param>
    /// <param name="changed">The lines that differ from the other side, by path from the checkout's top.</param>
    public static InstrumentedSide Run(SideCompilation side, bool weigh, IReadOnlyDictionary<string, ImmutableArray<LineSpan>> changed)
    {
        var trees = Trees(side);
        if (trees.Count == 0)
        {
            return new InstrumentedSide(side.Sources.Assembly, 0, []);
        }

        var rewritten = new Dictionary<SyntaxTree, SyntaxTree>();
        var (edges, marks) = (0, new Dictionary<SyntaxTree, List<ChangeMark>>());
        foreach (var tree in trees)
        {
            var rewriter = new EdgeRewriter(edges);
            var weighed = weigh ? new WorkRewriter(side.Compilation.GetSemanticModel(tree)).Visit(tree.GetRoot()) : tree.GetRoot();
            var root = rewriter.Visit(weighed);
            if (rewriter.Next != edges)
            {
                edges = rewriter.Next;
                rewritten[tree] = Tree(tree, root);
                var path = Path.GetRelativePath(side.Sources.Top, tree.FilePath);
                if (changed.TryGetValue(path, out var lines))
                {
                    marks[tree] = [.. Marks(tree, lines, weigh ? Unweighed(tree, rewriter) : rewriter).Select(mark => new ChangeMark(path, mark.Line, mark.Edge))];
                }
            }
        }

        return Emit(side, rewritten, EdgeRewriter.Counters(edges) + (weigh ? WorkCode.Text : ""), side.Sources.Output) is { } file
            // What does not compile with counters goes without, and so without their marks.
            ? new InstrumentedSide(file, edges, [.. marks.Where(marked => rewritten.ContainsKey(marked.Key)).SelectMany(marked => marked.Value)])
            : new InstrumentedSide(side.Sources.Assembly, 0, []);
    }

    /// <summary>The counters of a file where they stand in its own text: what is weighed is longer, and has the same.</summary>
    private static EdgeRewriter Unweighed(SyntaxTree tree, EdgeRewriter weighed)
    {
        var same = new EdgeRewriter(weighed.First);
        same.Visit(tree.GetRoot());
        Debug.Assert(same.Next == weighed.Next, "what weighs calls adds no way through the code");
        return same;
    }

    /// <summary>The counters around lines, of those that hold code.</summary>
    private static IEnumerable<(int Line, int Edge)> Marks(SyntaxTree tree, ImmutableArray<LineSpan> lines, EdgeRewriter rewriter)
    {
        var (text, root) = (tree.GetText(), tree.GetRoot());
        foreach (var line in lines.SelectMany(span => Enumerable.Range(span.Start, span.End - span.Start + 1)).Where(line => line <= text.Lines.Count).Take(MostLines))
        {
            var span = text.Lines[line - 1].Span;
            var tokens = root.DescendantTokens(span).Where(token => token.Span.IntersectsWith(span) && token.Span.Length > 0
                && token.Kind() is not (SyntaxKind.OpenBraceToken or SyntaxKind.CloseBraceToken or SyntaxKind.CommaToken or SyntaxKind.SemicolonToken)).ToList();
            if (tokens.Count > 0)
            {
                foreach (var edge in rewriter.Around(TextSpan.FromBounds(Math.Max(span.Start, tokens[0].SpanStart), Math.Min(span.End, tokens[^1].Span.End))))
                {
                    yield return (line, edge);
                }
            }
        }
    }

    /// <summary>Compiles it with a step before each thing that another thread could notice; null when it does not compile so.</summary>
    /// <param name="side">The side.</param>
    /// <param name="types">The types whose fields are watched.</param>
    public static string? RunScheduled(SideCompilation side, IReadOnlySet<INamedTypeSymbol> types)
    {
        var places = new PointPlaces();
        var rewritten = new Dictionary<SyntaxTree, SyntaxTree>();
        foreach (var tree in Trees(side))
        {
            var before = places.Texts.Count;
            var root = new PointRewriter(side.Compilation.GetSemanticModel(tree), types, places).Visit(tree.GetRoot());
            if (places.Texts.Count != before)
            {
                rewritten[tree] = Tree(tree, root);
            }
        }

        var needed = types.SelectMany(type => type.DeclaringSyntaxReferences).Select(reference => reference.SyntaxTree).Where(rewritten.ContainsKey).ToHashSet();
        var file = rewritten.Count == 0 ? null : Emit(side, rewritten, PointCode.Of(side.Compilation, places.Texts), Path.Combine(side.Sources.Output, "scheduled"));
        // A watched type without its steps would pass whatever it does.
        return needed.All(rewritten.ContainsKey) ? file : null;
    }

    private static List<SyntaxTree> Trees(SideCompilation side) =>
        [.. side.Compilation.SyntaxTrees.Where(IsOwn).Take(MostTrees)];

    private static SyntaxTree Tree(SyntaxTree tree, SyntaxNode root) => CSharpSyntaxTree.Create((CSharpSyntaxNode)root, (CSharpParseOptions)tree.Options, tree.FilePath, tree.Encoding);

    /// <summary>Compiles it with other trees and a file of its own; gives the assembly, or null when it can't be had.</summary>
    private static string? Emit(SideCompilation side, Dictionary<SyntaxTree, SyntaxTree> rewritten, string code, string folder)
    {
        var added = CSharpSyntaxTree.ParseText(code, (CSharpParseOptions)side.Compilation.SyntaxTrees[0].Options, "AirworthyTrial.cs", System.Text.Encoding.UTF8);
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, Path.GetFileName(side.Sources.Assembly));
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var counted = side.Compilation.AddSyntaxTrees(added);
            foreach (var (tree, instead) in rewritten)
            {
                counted = counted.ReplaceSyntaxTree(tree, instead);
            }

            var errors = side.Emit(counted, file);
            if (errors.IsEmpty)
            {
                File.WriteAllText(Path.Combine(folder, "built"), side.Sources.Assembly);
                return file;
            }

            if (!TakeBack(rewritten, errors))
            {
                break;
            }
        }

        return null;
    }

    /// <summary>Whether people wrote a file.</summary>
    public static bool IsOwn(SyntaxTree tree) => !tree.FilePath.Contains("/obj/", StringComparison.Ordinal) && !tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal);

    /// <summary>Takes back the files with errors; false when there are none to take back.</summary>
    private static bool TakeBack(Dictionary<SyntaxTree, SyntaxTree> rewritten, ImmutableArray<Diagnostic> errors)
    {
        var wrong = errors.Select(error => error.Location.SourceTree).OfType<SyntaxTree>().ToHashSet();
        var back = rewritten.Where(pair => wrong.Contains(pair.Value)).Select(pair => pair.Key).ToList();
        back.ForEach(tree => rewritten.Remove(tree));
        return back.Count > 0;
    }
}
