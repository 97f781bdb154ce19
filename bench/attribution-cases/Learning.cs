namespace Airworthy.AttributionCases;

/// <summary>Learns on all projects but one, judges on that one, for each; then learns on all what the product ships.</summary>
internal static class Learning
{
    /// <summary>The projects whose cases were looked at when the first features were chosen: they are told apart.</summary>
    private static readonly string[] s_lookedAt = ["ovn-org/ovn", "bluez/bluez", "iproute2/iproute2", "kdave/btrfs-progs", "SSSD/sssd"];

    public static void Run(IReadOnlyList<MinedProject> projects, string? file, TextWriter output)
    {
        var unseen = new List<(MinedProject Project, Evaluation Own)>();
        foreach (var left in projects)
        {
            var w = Learner.Learn([.. projects.Where(project => project != left)]);
            var own = new Evaluation();
            own.Add(left.Cases, w);
            unseen.Add((left, own));
            output.WriteLine(
                $"{left.Project,-32} {left.Cases.Length,3} cases, {left.Cases.Count(at => at.IsReachable),3} reachable, right first {own.Top1,3}, among three {own.Top3,3}, top frame {left.Cases.Count(at => at.TopFrame),3}, newest {left.Cases.Count(at => at.Newest),3}");
        }

        output.WriteLine();
        Evaluation.Of(unseen.Select(at => at.Own)).Write("each project by weights that never saw it", output);
        Evaluation.Of(unseen.Where(at => !s_lookedAt.Contains(at.Project.Project)).Select(at => at.Own)).Write("the same, of projects whose cases nobody had looked at", output);
        unseen.RemoveAll(at => s_lookedAt.Contains(at.Project.Project));
        foreach (var kind in unseen.SelectMany(at => at.Own.Kinds).Distinct().Order(StringComparer.Ordinal).ToArray())
        {
            Evaluation.Of(unseen.Select(at => at.Own), kind).Write($"of these, traces of the dialect {kind}", output);
        }

        var shipped = new Evaluation();
        shipped.Add(projects.SelectMany(project => project.Cases), Weights.Shipped);
        shipped.Write("the shipped weights", output);
        var neverSeen = Evaluation.Of(unseen.Select(at => at.Own));
        output.WriteLine("learnt weights beside the shipped ones, of projects that neither saw:");
        output.WriteLine($"  first                  {neverSeen.PairedWith(shipped, 1)}");
        output.WriteLine($"  among the first three  {neverSeen.PairedWith(shipped, 3)}");
        if (file is not null)
        {
            Weights.Write(Learner.Learn(projects), file);
        }
    }
}
