using Airworthy.Model;

namespace Airworthy.Journeys;

/// <summary>Lessons that can't be applied: no working tree, or a repository the server does not know.</summary>
public sealed class LessonsException(Fault fault, string message, Exception? cause = null) : FaultException(fault, message, cause);
