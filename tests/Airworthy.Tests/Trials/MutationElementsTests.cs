using System.Collections.Immutable;
using Airworthy.Journeys.Trials;
using Airworthy.Model;
using Airworthy.Tests.Verification;
using Airworthy.Trials.Mutation;
using Airworthy.Verification.Mutation;
using Xunit;
using Mutant = Airworthy.Trials.Mutation.Mutant;

namespace Airworthy.Tests.Trials;

/// <summary>What a trial writes of its mutants, the gate reads.</summary>
public sealed class MutationElementsTests : IDisposable
{
    private static readonly RepoPath s_fees = new("src/Pay/Fees.cs");

    private readonly ReportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_gate_reads_what_is_written_mutant_for_mutant()
    {
        ImmutableArray<JudgedMutant> mutants =
        [
            Judged(1, 7, "a <= b", MutantFate.Killed),
            Judged(2, 7, "a >= b", MutantFate.Survived),
            Judged(3, 8, "\"</script>\u2028\"", MutantFate.TimedOut),
            Judged(4, 8, "", MutantFate.NoCoverage),
            Judged(5, 8, "x", MutantFate.NotCompiled),
            Judged(6, 8, "y", MutantFate.NotTested),
        ];
        using var stream = new MemoryStream();
        MutationElements.Write(stream, [new MutationResult(mutants, null, null, 0, 0, 0)]);
        var reading = new MutationReading([s_fees], [s_fees], workTree: null);
        reading.Add(_folder.Write("mutation.json", System.Text.Encoding.UTF8.GetString(stream.ToArray())));
        Assert.Equal((2, 1), reading.On(s_fees, new HashSet<int> { 7 }));
        Assert.Equal((2, 1), reading.On(s_fees, new HashSet<int> { 8 }));
    }

    private static JudgedMutant Judged(int id, int line, string replacement, MutantFate fate) => new(
        new Mutant(id, 0, s_fees.Value, new CodePosition(line, 9), new CodePosition(line, 15), "boundary", "a < b", replacement) { Compiles = fate != MutantFate.NotCompiled },
        new MutantTest(id, fate, fate == MutantFate.Killed ? "FeesTests.Of" : null, 1, 1),
        MutantVerdict.None,
        0,
        null);
}
