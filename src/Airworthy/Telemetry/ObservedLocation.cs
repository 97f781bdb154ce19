namespace Airworthy.Telemetry;

/// <summary>Where in the code, or in the service's work, something was observed; kept as sent.</summary>
/// <param name="Function"><c>code.function.name</c>, or its older pair; null when the span names none.</param>
/// <param name="File"><c>code.file.path</c>; null when not told.</param>
/// <param name="Line"><c>code.line.number</c>; null when not told.</param>
/// <param name="Operation">The span's route or name, when no function is told; of a function's probe the part counted, such as <c>lambda</c>, when it is not the whole.</param>
public sealed record ObservedLocation(string? Function, string? File, int? Line, string? Operation);
