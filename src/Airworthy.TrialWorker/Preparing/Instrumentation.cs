using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Airworthy.TrialWorker.Preparing;

/// <summary>Compiles a side again with counters in it. A file that does not compile so is compiled as it was.</summary>
internal static class Instrumentation
{
    private const int MostAttempts = 5;
    private const int MostTrees = 4000;

    /// <summary>Compiles it; gives the assembly and how many counters it has, or the one that was built, and none.</summary>
    public static (string Assembly, int Edges) Run(SideCompilation side)
    {
        var compilation = side.Compilation;
        var trees = compilation.SyntaxTrees.Where(IsOwn).Take(MostTrees).ToList();
        if (trees.Count == 0)
        {
            return (side.Sources.Assembly, 0);
        }

        var rewritten = new Dictionary<SyntaxTree, SyntaxTree>();
        var edges = 0;
        foreach (var tree in trees)
        {
            var rewriter = new EdgeRewriter(edges);
            var root = rewriter.Visit(tree.GetRoot());
            if (rewriter.Next != edges)
            {
                edges = rewriter.Next;
                rewritten[tree] = CSharpSyntaxTree.Create((CSharpSyntaxNode)root, (CSharpParseOptions)tree.Options, tree.FilePath, tree.Encoding);
            }
        }

        var counters = CSharpSyntaxTree.ParseText(EdgeRewriter.Counters(edges), (CSharpParseOptions)trees[0].Options, "AirworthyTrial.cs", System.Text.Encoding.UTF8);
        Directory.CreateDirectory(side.Sources.Output);
        var file = Path.Combine(side.Sources.Output, Path.GetFileName(side.Sources.Assembly));
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var counted = compilation.AddSyntaxTrees(counters);
            foreach (var (tree, instead) in rewritten)
            {
                counted = counted.ReplaceSyntaxTree(tree, instead);
            }

            var errors = side.Emit(counted, file);
            if (errors.IsEmpty)
            {
                File.WriteAllText(Path.Combine(side.Sources.Output, "built"), side.Sources.Assembly);
                return (file, edges);
            }

            if (!TakeBack(rewritten, errors))
            {
                break;
            }
        }

        return (side.Sources.Assembly, 0);
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
