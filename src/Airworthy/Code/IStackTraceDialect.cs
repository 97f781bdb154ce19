using Airworthy.Model;

namespace Airworthy.Code;

/// <summary>Reads one dialect of stack trace.</summary>
internal interface IStackTraceDialect
{
    /// <summary>The name shown to people, e.g. <c>dotnet</c>.</summary>
    string Name { get; }

    /// <summary>Reads the exception and its frames; null when the text is not of this dialect. Never throws, whatever the text.</summary>
    StackTrace? Read(TraceText text);
}
