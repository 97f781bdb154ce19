using dnlib.DotNet.Emit;
using dnlib.DotNet.Pdb;

namespace Airworthy.Probes.Build.Weaving;

/// <summary>
/// Puts instructions into a method's body such that every branch, handler, scope and sequence point still means the place it meant.
/// </summary>
internal sealed class BodyEditor
{
    private readonly CilBody _body;
    private int _deeper;

    public BodyEditor(CilBody body)
    {
        _body = body;
        // Long forms while instructions move apart; the short ones are found again at the end.
        _body.SimplifyBranches();
    }

    public IList<Instruction> Code => _body.Instructions;

    /// <summary>
    /// Before <paramref name="at"/>, also for whatever branches to it: the first new instruction takes its place, and its line.
    /// </summary>
    public void InsertInPlace(Instruction at, params ReadOnlySpan<Instruction> added)
    {
        var index = Code.IndexOf(at);
        var moved = new Instruction(at.OpCode, at.Operand);
        (at.OpCode, at.Operand) = (added[0].OpCode, added[0].Operand);
        for (var i = 1; i < added.Length; i++)
        {
            Code.Insert(++index, added[i]);
        }

        Code.Insert(index + 1, moved);
    }

    /// <summary>Before <paramref name="at"/>, for code that runs into it only: what branches to it passes the new instructions by.</summary>
    public void InsertBefore(Instruction at, params ReadOnlySpan<Instruction> added)
    {
        var index = Code.IndexOf(at);
        foreach (var instruction in added)
        {
            Code.Insert(index++, instruction);
        }
    }

    /// <summary>At the method's start, once a call. A debugger that stops at the method's first line stops before them.</summary>
    public void InsertAtStart(params ReadOnlySpan<Instruction> added)
    {
        var first = Code[0];
        InsertBefore(first, added);
        if (_body.PdbMethod?.Scope is { } scope && scope.Start == first)
        {
            scope.Start = added[0];
        }

        if (first.SequencePoint is { } line)
        {
            added[0].SequencePoint = line;
            first.SequencePoint = null;
            if (IsTarget(first))
            {
                // A loop to the first line: the line is told where the loop comes back to.
                first.SequencePoint = line;
                added[0].SequencePoint = HiddenAs(line);
            }
        }
    }

    /// <summary>Code that no line stands for.</summary>
    public static SequencePoint HiddenAs(SequencePoint like) => new()
    {
        Document = like.Document,
        StartLine = Choosing.SourceLines.Hidden,
        EndLine = Choosing.SourceLines.Hidden,
    };

    /// <summary>Tells how many more values stand on the stack at most.</summary>
    public void Deepen(int deeper) => _deeper += deeper;

    /// <summary>Ends the editing.</summary>
    public void Done()
    {
        _body.MaxStack = (ushort)Math.Min(ushort.MaxValue, _body.MaxStack + _deeper);
        _body.KeepOldMaxStack = true;
        _body.OptimizeBranches();
    }

    private bool IsTarget(Instruction instruction) =>
        Code.Any(one => one.Operand == instruction || (one.Operand is IList<Instruction> targets && targets.Contains(instruction)));
}
