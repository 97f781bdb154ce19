using System.Collections.Immutable;
using Airworthy.Trials;

namespace Airworthy.Journeys.Trials;

/// <summary>A project that changed, as both sides built it.</summary>
/// <param name="Path">The project at the head, from the repository's top.</param>
/// <param name="Base">The base as it was built; null where the kinds of trial that were asked for do not run it.</param>
/// <param name="Head">The head as it was built.</param>
/// <param name="Tests">Folders of its test projects at the head, absolute.</param>
/// <param name="TestProjects">Its test projects, from the repository's top.</param>
/// <param name="NeedsAspNetCore">Whether it needs the shared framework of ASP.NET Core.</param>
internal sealed record BuiltProject(string Path, SideSources? Base, SideSources Head, ImmutableArray<string> Tests, ImmutableArray<string> TestProjects, bool NeedsAspNetCore);
