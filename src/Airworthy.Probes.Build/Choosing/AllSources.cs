using dnlib.DotNet.Pdb;

namespace Airworthy.Probes.Build.Choosing;

/// <summary>Watches every line, whoever wrote it: <c>AirworthyProbesMethods=all</c>.</summary>
internal sealed class AllSources(string revision, SourcePaths paths) : IWatch
{
    public string Revision => revision;

    public WatchedSource Of(PdbDocument document) => WatchedSource.All(paths.Relative(document.Url), "");
}
