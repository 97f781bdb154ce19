using Airworthy.Model;

namespace Airworthy.Storage;

/// <summary>A database that can't be opened or does not answer.</summary>
public sealed class StorageException(Fault fault, string message, Exception? cause = null) : FaultException(fault, message, cause);
