using Airworthy.Testing;

namespace Airworthy.Cli.Tests.BadInput;

/// <summary>What disks, copies and careless tools do to a repository.</summary>
internal static class Damage
{
    /// <summary>Turns packs into one file an object.</summary>
    public static void Unpack(this RepositoryBuilder repository)
    {
        foreach (var pack in Directory.GetFiles(Packs(repository), "*.pack"))
        {
            var bytes = File.ReadAllBytes(pack);
            foreach (var file in Directory.GetFiles(Packs(repository), $"{Path.GetFileNameWithoutExtension(pack)}.*"))
            {
                File.Delete(file);
            }

            repository.GitWithInput(bytes, "unpack-objects", "-q");
        }
    }

    /// <summary>Takes an object away; gives its file as it was.</summary>
    public static (string File, byte[] Bytes) Lose(this RepositoryBuilder repository, string name)
    {
        var file = Path.Combine(repository.Folder, ".git", "objects", name[..2], name[2..]);
        var lost = (file, File.ReadAllBytes(file));
        File.Delete(file);
        return lost;
    }

    /// <summary>Packs everything and flips bytes in the pack's middle.</summary>
    public static void CorruptPack(this RepositoryBuilder repository)
    {
        repository.Git("gc", "-q");
        var pack = Directory.GetFiles(Packs(repository), "*.pack").Single();
        File.SetUnixFileMode(pack, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var bytes = File.ReadAllBytes(pack);
        for (var i = -100; i < 100; i++)
        {
            bytes[(bytes.Length / 2) + i] ^= 0x5A;
        }

        File.WriteAllBytes(pack, bytes);
    }

    private static string Packs(RepositoryBuilder repository) => Path.Combine(repository.Folder, ".git", "objects", "pack");
}
