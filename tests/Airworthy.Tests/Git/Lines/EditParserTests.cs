using System.Text;
using Airworthy.Git.Lines;
using Airworthy.Testing;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Git.Lines;

public sealed class EditParserTests
{
    private static readonly Lazy<byte[]> s_real = new(() =>
    {
        using var repo = new RepositoryBuilder(bare: true);
        RandomHistory.Build(repo, seed: 3, commits: 40);
        var commits = repo.Git("rev-list", "HEAD");
        return Encoding.UTF8.GetBytes(repo.GitWithInput(
            Encoding.UTF8.GetBytes(commits + "end\n"),
            "diff-tree", "--stdin", "-r", "--raw", "--always", "--no-abbrev", "--root", "-c", "--combined-all-paths", "-p", "-U0", "--full-index", "-M"));
    });

    [Fact]
    public void Git_itself_is_read_to_the_end() => Assert.Equal(Commits(), Read(s_real.Value));

    [Fact]
    public void What_is_cut_off_or_changed_anywhere_is_refused_or_read_and_never_crashes() =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Byte, Gen.Int[0, 3]).Array[1, 4].Sample(
            changes =>
            {
                var bytes = s_real.Value.ToList();
                foreach (var (at, value, kind) in changes)
                {
                    var place = at % bytes.Count;
                    switch (kind)
                    {
                        case 0: bytes[place] = value; break;
                        case 1: bytes.RemoveAt(place); break;
                        case 2: bytes.Insert(place, value); break;
                        default: bytes.RemoveRange(place, Math.Min(bytes.Count - place, value)); break;
                    }
                }

                try
                {
                    Read([.. bytes]);
                }
                catch (FormatException)
                {
                    // Refused.
                }
            },
            iter: 400);

    [Fact]
    public void A_line_of_a_hundred_megabytes_is_counted_and_not_kept()
    {
        var name = new string('a', 40);
        var blob = new string('1', 40);
        var text = $"{name}\n:000000 100644 {new string('0', 40)} {blob} A\tbig\n\ndiff --git a/big b/big\n@@ -0,0 +1,2 @@\n+";
        using var stream = new MemoryStream([.. Encoding.ASCII.GetBytes(text), .. new byte[100_000_000], .. "\n+x\nend\n"u8]);

        var edits = new EditParser(new LineScanner(stream), DiffForm.Patches).Read("end")!;

        Assert.Equal(2, Assert.Single(Assert.Single(edits.Files).Sources[0].Spans).NewCount);
    }

    private static int Commits() =>
        Encoding.UTF8.GetString(s_real.Value).Split('\n').Count(l => l.Length == 40 && l.All(char.IsAsciiHexDigitLower));

    private static int Read(byte[] bytes)
    {
        var parser = new EditParser(new LineScanner(new MemoryStream(bytes)), DiffForm.Patches);
        var commits = 0;
        while (parser.Read("end") is not null)
        {
            commits++;
        }

        return commits;
    }
}
