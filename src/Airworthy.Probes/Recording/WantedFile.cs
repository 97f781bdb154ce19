using System.Collections.Immutable;

namespace Airworthy.Probes.Recording;

/// <summary>A file with a line for each thing that is wanted, that an operator may change at any time.</summary>
internal sealed class WantedFile(string path)
{
    private const long MostBytes = 64 * 1024;

    private DateTime _read = DateTime.MinValue;

    /// <summary>Its lines when it changed since they were last asked for, else null. A file that is gone has none.</summary>
    public ImmutableArray<string>? Lines()
    {
        try
        {
            // A file that is not there has a time too, of its own.
            var changed = File.GetLastWriteTimeUtc(path);
            if (changed == _read)
            {
                return null;
            }

            ImmutableArray<string> lines = !File.Exists(path) || new FileInfo(path).Length > MostBytes
                ? []
                : [.. File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
            _read = changed;
            return lines;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
