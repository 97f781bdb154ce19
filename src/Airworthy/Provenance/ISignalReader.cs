using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>Reads one source of evidence of who wrote a commit. All readers stand in <see cref="SignalReaders.All"/>.</summary>
internal interface ISignalReader
{
    /// <summary>The signals of <paramref name="commit"/>, also those too weak to count; <paramref name="body"/> is its message made readable.</summary>
    IEnumerable<Signal> Read(Commit commit, MessageBody body);
}
