namespace Airworthy.Cli.Gates;

/// <summary>The change that a CI job is about, as its service tells it by variables.</summary>
/// <param name="Base">The revision the change is to land on.</param>
/// <param name="Head">The change's last commit.</param>
/// <param name="Told">By what this is known, for people.</param>
/// <param name="Tested">The revision that the job has checked out, where it is a merge of head and base that the service made: reports are of that.</param>
internal sealed record CiChange(string Base, string Head, string Told, string? Tested = null)
{
    /// <summary>The change, by GitHub's, GitLab's or Azure's variables; null when none of them tells one.</summary>
    /// <param name="variable">A variable of the environment; null when it is not set.</param>
    public static CiChange? Find(Func<string, string?> variable) => GitHub(variable) ?? GitLab(variable) ?? Azure(variable);

    /// <summary>The number of the pull request that a CI job is about; null when none is told.</summary>
    public static string? RequestNumber(Func<string, string?> variable) =>
        Set(variable, "GITHUB_REF")?.Split('/') is ["refs", "pull", var number, ..] ? number : Set(variable, "CI_MERGE_REQUEST_IID");

    // A pull request's job has checked out a merge that GitHub made: its parents are the base and the head.
    private static CiChange? GitHub(Func<string, string?> variable) =>
        !Is(variable, "GITHUB_ACTIONS", "true") || Set(variable, "GITHUB_BASE_REF") is not { } target ? null
        : variable("GITHUB_REF")?.EndsWith("/merge", StringComparison.Ordinal) == true ? new CiChange("HEAD^1", "HEAD^2", $"the merge that GitHub made into {target}", "HEAD")
        : new CiChange($"origin/{target}", "HEAD", "GITHUB_BASE_REF");

    // The source's commit is told only where GitLab checked out a merge of it.
    private static CiChange? GitLab(Func<string, string?> variable) =>
        Set(variable, "CI_MERGE_REQUEST_DIFF_BASE_SHA") is not { } start ? null
        : new CiChange(
            Set(variable, "CI_MERGE_REQUEST_TARGET_BRANCH_SHA") ?? start,
            Set(variable, "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA") ?? Set(variable, "CI_COMMIT_SHA") ?? "HEAD",
            "GitLab's CI_MERGE_REQUEST variables",
            Set(variable, "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA") is null ? null : Set(variable, "CI_COMMIT_SHA"));

    private static CiChange? Azure(Func<string, string?> variable) =>
        Set(variable, "SYSTEM_PULLREQUEST_TARGETBRANCH") is not { } target ? null
        : variable("BUILD_SOURCEBRANCH")?.EndsWith("/merge", StringComparison.Ordinal) == true ? new CiChange("HEAD^1", "HEAD^2", $"the merge that Azure made into {target}", "HEAD")
        : new CiChange($"origin/{(target.StartsWith("refs/heads/", StringComparison.Ordinal) ? target["refs/heads/".Length..] : target)}", "HEAD", "SYSTEM_PULLREQUEST_TARGETBRANCH");

    private static bool Is(Func<string, string?> variable, string name, string value) => string.Equals(variable(name), value, StringComparison.Ordinal);

    private static string? Set(Func<string, string?> variable, string name) => variable(name) is { Length: > 0 } value ? value : null;
}
