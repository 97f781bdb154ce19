using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Airworthy.TrialWorker.Preparing;

/// <summary>The points of an assembly, numbered, each with what stands there: <c>Stock.cs:12 writes _left</c>.</summary>
internal sealed class PointPlaces
{
    private const int MostText = 60;

    private readonly List<string> _texts = [];

    public IReadOnlyList<string> Texts => _texts;

    /// <summary>A new point.</summary>
    /// <param name="node">Where it stands.</param>
    /// <param name="verb">What is done there.</param>
    public int Add(SyntaxNode node, string verb)
    {
        var what = node.ToString();
        var line = node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
        var cut = what.IndexOfAny(['\r', '\n']) is var end && end >= 0 ? what[..end] + " …" : what;
        _texts.Add(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(node.SyntaxTree.FilePath)}:{line} {verb} {(cut.Length > MostText ? cut[..MostText] + "…" : cut)}"));
        return _texts.Count - 1;
    }
}
