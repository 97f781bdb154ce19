using System.Reflection;
using Airworthy.Model;
using DbUp.Engine.Output;

namespace Airworthy.Storage;

/// <summary>Brings a database to this version's schema, or refuses one of a newer version.</summary>
internal static class Schema
{
    private const string ScriptFolder = ".Storage.Migrations.";

    /// <exception cref="StorageException">The database is of a newer version, or can't be changed.</exception>
    public static void Migrate(Dialect dialect)
    {
        var engine = dialect.Migrations()
            .WithScriptsEmbeddedInAssembly(Assembly.GetExecutingAssembly(), script => script.Contains(ScriptFolder, StringComparison.Ordinal))
            .WithTransaction()
            .LogTo(new NoOpUpgradeLog())
            .Build();

        var known = engine.GetDiscoveredScripts().Select(script => script.Name).ToHashSet(StringComparer.Ordinal);
        if (engine.GetExecutedScripts().FirstOrDefault(script => !known.Contains(script)) is { } newer)
        {
            throw new StorageException(
                Fault.Unavailable,
                $"the database {dialect.Name} was written by a newer version of Airworthy (it has '{newer.Split(ScriptFolder)[^1]}'): start that version, or give another database");
        }

        var result = engine.PerformUpgrade();
        if (!result.Successful)
        {
            throw new StorageException(
                Fault.Unavailable, $"the database {dialect.Name} can't be brought to this version's schema: {StorageException.FirstLine(result.Error)}", result.Error);
        }
    }
}
