namespace Airworthy.AttributionCases;

/// <summary>Learns on all projects but one, judges on that one, for each; then learns on all what the product ships.</summary>
internal static class Learning
{
    public static void Run(IReadOnlyList<MinedProject> projects, TextWriter output)
    {
        var unseen = new Evaluation();
        var shipped = new Evaluation();
        foreach (var left in projects)
        {
            var w = Learner.Learn([.. projects.Where(project => project != left).SelectMany(project => project.Cases)], Weights.Learnt, Weights.Start, Weights.Signs);
            var own = new Evaluation();
            foreach (var incident in left.Cases)
            {
                unseen.Add(incident, w);
                own.Add(incident, w);
                shipped.Add(incident, Weights.Shipped);
            }

            output.WriteLine($"{left.Project,-32} {left.Cases.Length,3} cases, right first {own.Top1,3}, among three {own.Top3,3}");
        }

        unseen.Write("each project by weights that never saw it", output);
        shipped.Write("the shipped weights, which saw them", output);
        Weights.Write(Learner.Learn([.. projects.SelectMany(project => project.Cases)], Weights.Learnt, Weights.Start, Weights.Signs), output);
    }
}
