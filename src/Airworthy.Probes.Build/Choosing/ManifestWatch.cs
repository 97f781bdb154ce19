using dnlib.DotNet.Pdb;

namespace Airworthy.Probes.Build.Choosing;

/// <summary>
/// Watches the lines on probation that a manifest tells. A file that changed since, or is newer, can't be told line by line: all of it is
/// watched, for uncommitted lines are nobody's yet.
/// </summary>
internal sealed class ManifestWatch : IWatch
{
    /// <summary>The compiler's mark of SHA-256 beside a file's checksum.</summary>
    private static readonly Guid s_sha256 = new("8829d00f-11b8-4213-878b-770e8597ac16");

    private readonly ProbeManifest _manifest;
    private readonly SourcePaths _paths;
    private readonly Dictionary<string, WatchedFile> _files;
    private readonly ILookup<string, WatchedFile> _byName;
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private readonly Dictionary<PdbDocument, WatchedSource> _known = [];

    public ManifestWatch(ProbeManifest manifest, SourcePaths paths)
    {
        _manifest = manifest;
        _paths = paths;
        _files = manifest.Files.DistinctBy(file => file.Path).ToDictionary(file => file.Path.Value, StringComparer.Ordinal);
        _byName = manifest.Files.ToLookup(file => file.Path.Name, StringComparer.Ordinal);
    }

    public string Revision => _manifest.Revision;

    /// <summary>Files that are not as the manifest knows them.</summary>
    public IReadOnlyCollection<string> Changed => _changed;

    public WatchedSource Of(PdbDocument document) =>
        _known.TryGetValue(document, out var known) ? known : _known[document] = Read(document);

    private WatchedSource Read(PdbDocument document)
    {
        var path = _paths.Relative(document.Url);
        var hash = document.CheckSumAlgorithmId == s_sha256 ? Convert.ToHexStringLower(document.CheckSum) : "";
        if (Find(path, hash) is not { } file)
        {
            if (Path.IsPathRooted(path))
            {
                return WatchedSource.None(path, "its file lies outside the repository");
            }

            _changed.Add(path);
            return WatchedSource.All(path, "its file is newer than the manifest");
        }

        if (hash != file.Sha256)
        {
            _changed.Add(file.Path.Value);
            return WatchedSource.All(file.Path.Value, "its file changed since the manifest");
        }

        return new WatchedSource(file.Path.Value, file.Lines, file.Lines.IsEmpty ? "no line of its file is on probation" : "");
    }

    private WatchedFile? Find(string path, string hash)
    {
        if (_files.TryGetValue(path, out var exact))
        {
            return exact;
        }

        // Built elsewhere, under a path that nobody mapped: the longest ending that is a file of the manifest with the same content.
        return _byName[path[(path.LastIndexOf('/') + 1)..]]
            .Where(file => hash.Length > 0 && file.Sha256 == hash && path.EndsWith("/" + file.Path.Value, StringComparison.Ordinal))
            .MaxBy(file => file.Path.Value.Length);
    }
}
