namespace Airworthy.Git;

/// <summary>The object name of a tree with nothing in it, which git knows without storing it.</summary>
internal static class EmptyTree
{
    public const string Sha1 = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

    public const string Sha256 = "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321";
}
