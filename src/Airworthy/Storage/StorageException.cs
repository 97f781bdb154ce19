using Airworthy.Model;

namespace Airworthy.Storage;

/// <summary>A database that can't be opened or does not answer.</summary>
public sealed class StorageException(Fault fault, string message, Exception? cause = null) : FaultException(fault, message, cause)
{
    /// <summary>A database's own words on one line: PostgreSQL adds a paragraph of details.</summary>
    internal static string FirstLine(Exception e) => e.Message.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? e.Message[..end] : e.Message;
}
