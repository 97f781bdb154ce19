using Airworthy.Model;

namespace Airworthy.Cli.Servers;

/// <summary>The server a verb asks can't be reached, or refuses.</summary>
public sealed class ServerUnreachableException(Fault fault, string message, Exception? cause = null) : FaultException(fault, message, cause);
