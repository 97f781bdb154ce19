using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>Reads evidence of who wrote a commit from more than its text. Found in <see cref="SignalReaders"/>.</summary>
internal interface ISignalReader
{
    /// <summary>The signals of <paramref name="commit"/>, also those too weak to count; <paramref name="body"/> is its message made readable.</summary>
    IEnumerable<Signal> Read(Commit commit, MessageBody body);
}
