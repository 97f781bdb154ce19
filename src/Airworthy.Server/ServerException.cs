using Airworthy.Model;

namespace Airworthy.Server;

/// <summary>The server can't start or answer as asked: a port in use, a folder that can't be written, a bind that would be unsafe.</summary>
public sealed class ServerException(Fault fault, string message, Exception? cause = null) : FaultException(fault, message, cause);
