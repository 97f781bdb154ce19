using Airworthy.Git;

namespace Airworthy.Incidents;

/// <summary>A commit that has something to do with the trace's lines, and what it has to do with them.</summary>
internal sealed class Candidate(Commit commit)
{
    private readonly Dictionary<FeatureKind, Feature> _features = [];
    private readonly HashSet<int> _frames = [];

    public Commit Commit { get; } = commit;

    /// <summary>Of each kind the strongest evidence, the weightiest first.</summary>
    public IEnumerable<Feature> Features => _features.Values.OrderByDescending(feature => feature.Score).ThenBy(feature => feature.Kind);

    /// <summary>The log-odds of all evidence.</summary>
    public double Score => _features.Values.Sum(feature => feature.Score);

    /// <summary>The rank of the foremost frame it touches; 0 is where the failure started.</summary>
    public int Foremost { get; private set; } = int.MaxValue;

    /// <summary>Frames whose functions or lines it touches.</summary>
    public int Frames => _frames.Count;

    public bool Has(FeatureKind kind) => _features.ContainsKey(kind);

    /// <summary>The values of all features, in the order of <see cref="FeatureKind"/>; 0 where there is none.</summary>
    public double[] Vector() =>
        [.. Enum.GetValues<FeatureKind>().Select(kind => _features.TryGetValue(kind, out var feature) ? Math.Round(feature.Value, 4) : 0)];

    public void Touches(WeighedFrame frame)
    {
        Foremost = Math.Min(Foremost, frame.Rank);
        _frames.Add(frame.Index);
    }

    /// <summary>It changed the frame's file, elsewhere.</summary>
    public void Meets(WeighedFrame frame) => Foremost = Math.Min(Foremost, Math.Max(1, frame.Rank));

    public void Add(Feature feature)
    {
        // A line beside one that it owns says nothing more.
        if (feature.Kind is FeatureKind.NearLine && Has(FeatureKind.OwnsLine))
        {
            return;
        }

        if (feature.Kind is FeatureKind.OwnsLine)
        {
            _features.Remove(FeatureKind.NearLine);
        }

        if (!_features.TryGetValue(feature.Kind, out var known) || feature.Value > known.Value)
        {
            _features[feature.Kind] = feature;
        }
    }
}
