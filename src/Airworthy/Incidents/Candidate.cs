using Airworthy.Git;

namespace Airworthy.Incidents;

/// <summary>A commit that has something to do with the trace's lines, and what it has to do with them.</summary>
internal sealed class Candidate(Commit commit)
{
    private readonly Dictionary<FeatureKind, Feature> _features = [];

    public Commit Commit { get; } = commit;

    /// <summary>Of each kind the strongest evidence.</summary>
    public IEnumerable<Feature> Features => _features.Values.OrderByDescending(feature => feature.Score);

    /// <summary>The log-odds of all evidence; a line beside one that it owns says nothing more.</summary>
    public double Score => _features.Values.Where(feature => feature.Kind != FeatureKind.NearLine || !Has(FeatureKind.OwnsLine)).Sum(feature => feature.Score);

    /// <summary>The rank of the foremost frame it touches; 0 is where the failure started.</summary>
    public int Foremost { get; private set; } = int.MaxValue;

    public bool Has(FeatureKind kind) => _features.ContainsKey(kind);

    public void Touches(int rank) => Foremost = Math.Min(Foremost, rank);

    public void Add(Feature feature)
    {
        if (!_features.TryGetValue(feature.Kind, out var known) || feature.Score > known.Score)
        {
            _features[feature.Kind] = feature;
        }
    }
}
