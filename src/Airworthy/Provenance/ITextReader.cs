using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>Reads one kind of mark from text alone: a commit's message or a pull request's description. Found in <see cref="SignalReaders"/>.</summary>
internal interface ITextReader
{
    /// <summary>The signals of <paramref name="body"/>, also those too weak to count.</summary>
    IEnumerable<Signal> Read(MessageBody body);
}
