namespace Airworthy.Probes.Build.Weaving;

/// <summary>
/// An assembly and its symbols, as bytes. As read, or as written.
/// </summary>
/// <param name="Assembly">The assembly.</param>
/// <param name="Symbols">Its portable symbols; null when they are embedded, or there are none.</param>
internal sealed record AssemblyImage(byte[] Assembly, byte[]? Symbols);
