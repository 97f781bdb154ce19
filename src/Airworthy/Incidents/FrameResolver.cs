using System.Collections.Immutable;
using Airworthy.Code;
using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>Meets the frames of a trace with the files and functions of the revision that ran.</summary>
internal sealed class FrameResolver(SourceTree tree)
{
    /// <summary>Frames resolved at most, innermost first: beyond them nothing is evidence any more.</summary>
    private const int MaxFrames = 200;

    private const int MaxSymbolSearches = 8;

    /// <summary>Files read ahead, at once.</summary>
    private const int MaxFetched = 32;

    private static readonly string[] s_vendored = ["vendor", "third_party", "thirdparty", "3rdparty", "node_modules", "site-packages", "bower_components", "Pods", "Godeps"];

    private int _searches;

    /// <summary>The frames of the root exception first, then those that caught and threw again; what repeats is told once.</summary>
    public async Task<ImmutableArray<ResolvedFrame>> ResolveAsync(StackTrace trace, CancellationToken cancel)
    {
        var frames = ImmutableArray.CreateBuilder<ResolvedFrame>();
        var told = InOrder(trace).Distinct().Take(MaxFrames).ToArray();
        await tree.FetchAsync(told.Where(frame => !FrameworkCode.OwnsFile(frame.File)).Select(frame => tree.Paths.Resolve(frame.File).Path).OfType<RepoPath>().Take(MaxFetched), cancel);
        foreach (var frame in told)
        {
            frames.Add(await ResolveAsync(frame, trace.Dialect, cancel));
        }

        return frames.ToImmutable();
    }

    private static IEnumerable<StackFrame> InOrder(StackTrace trace) =>
        trace.Inner is { } inner ? InOrder(inner).Concat(trace.Frames) : trace.Frames;

    private async Task<ResolvedFrame> ResolveAsync(StackFrame frame, string dialect, CancellationToken cancel)
    {
        var path = frame.File is null || FrameworkCode.OwnsFile(frame.File) ? null : tree.Paths.Resolve(frame.File).Path;
        if (path is null && frame is { File: null, Symbol: { } symbol } && dialect is "dotnet" && !FrameworkCode.Owns(symbol)
            && _searches++ < MaxSymbolSearches)
        {
            path = await tree.DeclaringAsync(symbol, cancel);
        }

        if (path is not { } found || await tree.ReadAsync(found, cancel) is not { } file)
        {
            return new ResolvedFrame(frame, path, Line: null, Unit: null, InApp: false);
        }

        var (line, unit) = Place(frame, file);
        return new ResolvedFrame(frame, found, line, unit, InApp: !found.Value.Split('/').Any(part => s_vendored.Contains(part, StringComparer.OrdinalIgnoreCase)));
    }

    /// <summary>
    /// The line and the function around it. Where the line stands in another function than the trace names, the trace was taken from
    /// another version of the file: then the function is known, the line is not.
    /// </summary>
    private static (int? Line, CodeUnit? Unit) Place(StackFrame frame, SourceFile file)
    {
        var named = frame.Symbol is { } symbol ? file.Units.Where(unit => UnitNames.Match(unit, symbol)).ToArray() : [];
        if (named.Length > 1 && frame.Symbol is { } full && named.Where(unit => UnitNames.Match(unit, full, wholeType: true)).ToArray() is { Length: > 0 } typed)
        {
            named = typed;
        }

        if (frame.Line is not { } line || line > file.Lines.Length)
        {
            return (null, named.Length == 1 ? named[0] : null);
        }

        var around = CodeUnits.Around(file.Units, line);
        return named.Length == 0 || named.Contains(around) ? (line, around) : (null, named.Length == 1 ? named[0] : null);
    }
}
