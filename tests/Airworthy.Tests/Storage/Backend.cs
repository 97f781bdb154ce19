namespace Airworthy.Tests.Storage;

/// <summary>The databases that the same contract is held against.</summary>
public enum Backend
{
    Sqlite,
    Postgres,
}
