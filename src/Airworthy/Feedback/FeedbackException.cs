using Airworthy.Model;

namespace Airworthy.Feedback;

/// <summary>An instruction file that can't be changed as it is: a link, read-only, too large, or its block was edited by hand.</summary>
public sealed class FeedbackException(Fault fault, string message, Exception? cause = null) : FaultException(fault, message, cause);
