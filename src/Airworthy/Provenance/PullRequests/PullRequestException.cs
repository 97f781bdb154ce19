using Airworthy.Model;

namespace Airworthy.Provenance.PullRequests;

/// <summary>Pull requests can't be read: a file of another form, a forge that refuses or does not answer.</summary>
public sealed class PullRequestException(Fault fault, string message, Exception? cause = null) : FaultException(fault, message, cause);
