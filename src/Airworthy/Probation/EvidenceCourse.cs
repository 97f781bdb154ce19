using System.Collections.Immutable;

namespace Airworthy.Probation;

/// <summary>How evidence went, thinned out: half of the points tell the course as well.</summary>
internal sealed class EvidenceCourse
{
    private const int MostPoints = 400;

    private readonly List<CoursePoint> _points = [];
    private long _told;
    private long _marked;
    private int _every = 1;

    public ImmutableArray<CoursePoint> Points => [.. _points];

    /// <summary>Marks where the evidence stands, when something told since the last mark.</summary>
    public void Mark(DateTimeOffset minute, long telling, (double Harm, double NoHarm) evidence)
    {
        if (telling == _told)
        {
            return;
        }

        _told = telling;
        if (_marked++ % _every == 0)
        {
            _points.Add(new CoursePoint(minute, evidence.Harm, evidence.NoHarm));
            if (_points.Count > MostPoints)
            {
                _every *= 2;
                var kept = _points.Where((_, i) => i % 2 == 0).ToList();
                _points.Clear();
                _points.AddRange(kept);
            }
        }
    }
}
