using dnlib.DotNet.Pdb;

namespace Airworthy.Probes.Build.Choosing;

/// <summary>Which lines of the compiled sources get probes.</summary>
internal interface IWatch
{
    /// <summary>The commit the sources are of; empty when not known.</summary>
    string Revision { get; }

    /// <summary>What is known of a source file.</summary>
    WatchedSource Of(PdbDocument document);
}
