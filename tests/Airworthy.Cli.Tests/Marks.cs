namespace Airworthy.Cli.Tests;

/// <summary>What agents leave in the messages of their commits.</summary>
internal static class Marks
{
    public const string Claude = "Co-Authored-By: Claude Opus 4.6 <noreply@anthropic.com>";
}
