using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>A repository that can't be read as asked: not a repository, an unknown revision, git missing or broken.</summary>
public sealed class GitException(Fault fault, string message, Exception? cause = null) : FaultException(fault, message, cause);
