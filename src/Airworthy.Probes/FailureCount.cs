using System.Diagnostics.Metrics;

namespace Airworthy.Probes;

/// <summary>
/// Failures of one method by one type. Each is counted when it happens, so that an exemplar can link it to its trace; those that happened
/// before anybody listened are counted when somebody does.
/// </summary>
internal sealed class FailureCount(KeyValuePair<string, object?>[] tags)
{
    private long _unheard;

    public void Add(Counter<long> counter)
    {
        if (counter.Enabled)
        {
            counter.Add(1, tags);
        }
        else
        {
            Defer();
        }
    }

    public void Defer() => Interlocked.Increment(ref _unheard);

    public void Flush(Counter<long> counter)
    {
        if (counter.Enabled && Interlocked.Exchange(ref _unheard, 0) is > 0 and var failures)
        {
            counter.Add(failures, tags);
        }
    }
}
