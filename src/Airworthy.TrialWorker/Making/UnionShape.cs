using System.Text.Json;

namespace Airworthy.TrialWorker.Making;

/// <summary>A value of one of several types: the implementations of an interface, or anything at all.</summary>
/// <param name="type">The type they share.</param>
internal sealed class UnionShape(Type type) : Shape(type)
{
    private Shape[] _members = [];

    /// <summary>The members, the plainest first. Set once: a member may hold the union itself.</summary>
    public void Open(IEnumerable<Shape> members) => _members = [.. members];

    public override Recipe Make(Chance chance, int size)
    {
        if (_members.Length == 0)
        {
            throw new NotMakeableException($"no {Type.Name} can be made");
        }

        var choice = size <= 0 ? 0 : chance.Below(_members.Length);
        return new Recipe(this, choice, null, [_members[choice].Make(chance, size)]);
    }

    public override Recipe? Recorded(JsonElement value) =>
        _members.Select((member, choice) => member.Recorded(value) is { } part ? new Recipe(this, choice, null, [part]) : null).FirstOrDefault(recipe => recipe is not null);

    public override object? Build(Recipe recipe, Side side) => recipe.Parts[0].Build(side);

    public override string Code(Recipe recipe) => recipe.Parts[0].Shape.Code(recipe.Parts[0]);

    public override Shape Part(int choice, int index) => _members[choice];
}
