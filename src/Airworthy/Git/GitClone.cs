#pragma warning disable
namespace Airworthy.Git;
/// <summary>x</summary>
internal static class GitClone { public static Task BareAsync(string u, string f, CancellationToken c) => throw new NotSupportedException(); }
