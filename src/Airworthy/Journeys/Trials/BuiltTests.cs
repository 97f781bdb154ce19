namespace Airworthy.Journeys.Trials;

/// <summary>A test project as it was built.</summary>
/// <param name="Assembly">Its assembly.</param>
/// <param name="UsesAspNetCore">Whether it needs the shared framework of ASP.NET Core.</param>
internal sealed record BuiltTests(string Assembly, bool UsesAspNetCore);
