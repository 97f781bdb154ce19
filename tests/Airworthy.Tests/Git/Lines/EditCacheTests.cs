using System.Globalization;
using System.Text;
using Airworthy.Git;
using Airworthy.Git.Lines;
using Airworthy.Model;
using Airworthy.Testing;
using CsCheck;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Airworthy.Tests.Git.Lines;

public sealed class EditCacheTests : IDisposable
{
    private static readonly CancellationToken s_cancel = TestContext.Current.CancellationToken;

    private static readonly Gen<RepoPath> s_path = Gen.Byte[1, 255].Array[1, 30].Select(bytes => RepoPath.FromBytes(bytes));

    private static readonly Gen<EditSpan> s_span =
        Gen.Select(Gen.Int[0, 200_000], Gen.Int[0, 90], Gen.Int[0, 200_000], Gen.Int[0, 90]).Select(s => new EditSpan(s.Item1, s.Item2, s.Item3, s.Item4));

    private static readonly Gen<FileEdit> s_file =
        Gen.Select(
            s_path,
            Gen.Select(s_path.Select(p => (RepoPath?)p), Gen.Bool).Select(p => p.Item2 ? p.Item1 : null).SelectMany(p => s_span.Array[0, 4].Select(spans => new EditSource(p, spans))).Array[1, 3],
            Gen.Select(Gen.Int[0, 99], Gen.Int[1, 9], s_path, Gen.Int[0, 99]).Select(m => new LineMove(m.Item1, m.Item2, m.Item3, m.Item4)).Array[0, 3],
            Gen.ULong,
            Gen.Int[0, 4])
        .Select(f => (FileEditKind)f.Item5 is FileEditKind.Deleted or FileEditKind.RenamedAway
            ? new FileEdit(f.Item1, (FileEditKind)f.Item5, default, [])
            : new FileEdit(f.Item1, (FileEditKind)f.Item5, new BlobName(f.Item4, ~f.Item4), f.Item2) { Moves = f.Item3, Pair = Pair(f.Item4) });

    private static readonly Gen<CommitEdits> s_edits = Gen.Select(s_file.Array[0, 5], Gen.Bool).Select(e => new CommitEdits(Commit(1), e.Item1) { IsWhole = e.Item2 });

    private readonly string _folder = Directory.CreateTempSubdirectory("airworthy-cache-").FullName;

    private string File => Path.Combine(_folder, "sub", "edits.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_written_is_read_back_the_same() =>
        s_edits.Sample(edits => Assert.Equal(Text(edits), Text(EditCodec.Decode(edits.Commit, EditCodec.Encode(edits))!)), iter: 300);

    [Fact]
    public void Damaged_bytes_are_told_from_written_ones() =>
        Gen.Select(s_edits, Gen.Int[0, int.MaxValue], Gen.Byte[1, 255]).Sample(
            damage =>
            {
                var bytes = EditCodec.Encode(damage.Item1);
                bytes[damage.Item2 % bytes.Length] ^= damage.Item3;
                Assert.Null(EditCodec.Decode(damage.Item1.Commit, bytes));
                Assert.Null(EditCodec.Decode(damage.Item1.Commit, bytes[..(damage.Item2 % bytes.Length)]));
            },
            iter: 300);

    [Fact]
    public async Task What_one_run_keeps_the_next_one_finds()
    {
        await WriteAsync(1, 2);
        await WriteAsync(3);

        Assert.Equal([Commit(1), Commit(2), Commit(3)], new EditFile(File).Read().Keys.Order());
        Assert.NotNull(new EditFile(File).Read()[Commit(2)].Decode(Commit(2), parents: 1));
        Assert.Null(new EditFile(File).Read()[Commit(2)].Decode(Commit(2), parents: 0));
    }

    [Fact]
    public async Task Unreachable_commits_go_one_by_one()
    {
        await WriteAsync(1, 2, 3);
        await using (var cache = new EditFile(File))
        {
            cache.Write([], [Commit(2)]);
        }

        Assert.Equal([Commit(1), Commit(3)], new EditFile(File).Read().Keys.Order());
    }

    [Fact]
    public async Task A_file_cut_off_anywhere_is_begun_anew()
    {
        await WriteAsync([.. Enumerable.Range(1, 400)]);
        var whole = await System.IO.File.ReadAllBytesAsync(File, s_cancel);
        foreach (var length in new[] { 0, 10, 100, 4096, whole.Length / 2, whole.Length - 1 })
        {
            await System.IO.File.WriteAllBytesAsync(File, whole[..length], s_cancel);
            foreach (var (commit, stored) in new EditFile(File).Read())
            {
                Assert.Equal(Text(Edits(commit)), Text(stored.Decode(commit, 1)!));
            }

            await WriteAsync(1, 2);
            Assert.Contains(Commit(2), new EditFile(File).Read().Keys);
        }
    }

    [Fact]
    public async Task A_file_of_noise_or_of_another_version_is_begun_anew()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await System.IO.File.WriteAllTextAsync(File, string.Concat(Enumerable.Repeat("no database ", 1000)), s_cancel);
        Assert.Empty(new EditFile(File).Read());
        await WriteAsync(1);
        Assert.Single(new EditFile(File).Read());

        Execute("PRAGMA user_version = 99");
        Assert.Empty(new EditFile(File).Read());
        await WriteAsync(2);
        Assert.Equal([Commit(2)], new EditFile(File).Read().Keys);
    }

    [Fact]
    public async Task A_write_that_is_cut_off_leaves_what_was_there()
    {
        await WriteAsync(1);
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var begin = connection.CreateCommand();
        begin.CommandText = "PRAGMA cache_size = 1; BEGIN; INSERT INTO edits SELECT randomblob(20), 1, randomblob(9000) FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50) SELECT i FROM n)";
        begin.ExecuteNonQuery();
        // What a killed process leaves: the file and its log in the middle of a transaction.
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(File)!))
        {
            System.IO.File.Copy(file, file.Replace("edits.db", "killed.db", StringComparison.Ordinal));
        }

        Assert.Equal([Commit(1)], new EditFile(File.Replace("edits.db", "killed.db", StringComparison.Ordinal)).Read().Keys);
    }

    [Fact]
    public async Task Writers_at_once_keep_what_each_of_them_wrote()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(part => Task.Run(() => WriteAsync([.. Enumerable.Range((part * 50) + 1, 50)]))));

        Assert.Equal(200, new EditFile(File).Read().Count);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_done_without()
    {
        await System.IO.File.WriteAllTextAsync(Path.Combine(_folder, "sub"), "a file where the folder would be", s_cancel);

        await WriteAsync(1);

        Assert.Empty(new EditFile(File).Read());
    }

    [Fact]
    public async Task A_history_is_read_once_and_then_only_what_is_new_or_other()
    {
        using var repo = new RepositoryBuilder();
        RandomHistory.Build(repo, seed: 7, commits: 500);
        repo.Git("checkout", "-q", "-f", "main");
        var cold = await TellAsync(repo);
        var read = repo.Git("rev-list", "--count", "HEAD").Trim();
        Assert.Equal(read, $"{new EditFile(File).Read().Count}");

        Assert.Equal(cold, await TellAsync(repo));

        // One more commit; then history is rewritten under the cache.
        repo.Write("fresh.txt", "one\n").Commit("more");
        await TellAsync(repo);
        Assert.Contains(CommitId.Parse(repo.Head), new EditFile(File).Read().Keys);
        repo.Git("reset", "-q", "--hard", "HEAD~1");
        repo.Write("fresh.txt", "another\n").Commit("instead");
        Assert.Equal(await TellAsync(repo, File + "2"), await TellAsync(repo));
    }

    [Fact]
    public async Task A_clone_that_is_deepened_is_read_again_at_its_old_edge()
    {
        using var origin = new RepositoryBuilder();
        var stream = new StringBuilder();
        for (var i = 0; i < 400; i++)
        {
            var text = string.Concat(Enumerable.Range(0, 20).Select(line => $"line {line} of {i - (i % (line + 2))}\n"));
            stream.Append(CultureInfo.InvariantCulture, $"commit refs/heads/main\ncommitter A <a@example.org> {1_700_000_000 + i} +0000\ndata 1\nm\n")
                .Append(CultureInfo.InvariantCulture, $"M 100644 inline a.txt\ndata {text.Length}\n{text}\n");
        }

        origin.GitWithInput(Encoding.UTF8.GetBytes(stream.ToString()), "fast-import", "--quiet");
        using var clone = origin.Clone("--depth=300");
        await TellAsync(clone);
        clone.Git("fetch", "-q", "--unshallow");

        Assert.Equal(await TellAsync(clone, File + "2"), await TellAsync(clone));
    }

    private static CommitId Commit(int number) => CommitId.Parse(number.ToString("x40", CultureInfo.InvariantCulture));

    private static CommitEdits Edits(CommitId commit) =>
        new(commit, [new FileEdit(new RepoPath("a.txt"), FileEditKind.Edited, new BlobName(0, 5), [new EditSource(null, [new EditSpan(0, 0, 0, 3)])])]);

    private static FilePair? Pair(ulong seed) => (seed % 3) switch
    {
        0 => null,
        1 => new FilePair(null, seed.ToString("x40", CultureInfo.InvariantCulture)),
        _ => new FilePair((~seed).ToString("x64", CultureInfo.InvariantCulture), seed.ToString("x64", CultureInfo.InvariantCulture)),
    };

    private static string Text(CommitEdits edits)
    {
        var text = new StringBuilder().Append(edits.IsWhole);
        foreach (var file in edits.Files)
        {
            text.Append(file.Kind).Append(' ').Append(file.Path).Append(' ').Append(file.Blob);
            foreach (var source in file.Sources)
            {
                text.Append('|').Append(source.Path).AppendJoin(';', source.Spans);
            }

            text.Append('#').AppendJoin(';', file.Moves).Append(file.Pair).Append('\n');
        }

        return text.ToString();
    }

    private async Task WriteAsync(params int[] commits)
    {
        await using var cache = new EditFile(File);
        cache.Write([.. commits.Select(c => (Edits(Commit(c)), 1))], []);
    }

    private async Task<string> TellAsync(RepositoryBuilder repo, string? file = null)
    {
        await using var cache = new EditFile(file ?? File);
        await using var git = await GitRepository.OpenAsync(repo.Folder, s_cancel);
        var head = await git.ResolveAsync("HEAD", s_cancel);
        var ledger = await LineLedger.ReadAsync(git.Directory, head, LookedThrough.Nothing, cache, s_cancel);
        var told = new StringBuilder();
        foreach (var entry in await git.FilesAsync(head, s_cancel))
        {
            told.Append(entry.Path).Append(' ').AppendJoin(';', ledger.Origins(entry.Path, entry.Blob)?.Runs ?? []).Append('\n');
        }

        return told.AppendJoin('\n', ledger.Lifetimes()).ToString();
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
