namespace Airworthy.Journeys.Intake;

/// <summary>
/// Knows the items on which Airworthy itself fails. One that failed three times is set aside, so that a defect met on one stranger's text
/// holds up nothing else; it is tried again when the server starts anew.
/// </summary>
/// <typeparam name="T">What names an item.</typeparam>
internal sealed class SetAside<T>
    where T : struct
{
    private const int Tries = 3;

    private readonly Dictionary<T, int> _defects = [];
    private T? _inHand;

    /// <summary>Says which item is worked on from now.</summary>
    public void Take(T item) => _inHand = item;

    /// <summary>Says that the item in hand is done.</summary>
    public void Done() => _inHand = null;

    /// <summary>True when the item failed too often.</summary>
    public bool Holds(T item) => _defects.GetValueOrDefault(item) >= Tries;

    /// <summary>Says that the item in hand failed. Gives the item when it is set aside by that; else null.</summary>
    public T? Fail()
    {
        if (_inHand is not { } item)
        {
            return null;
        }

        _inHand = null;
        _defects[item] = _defects.GetValueOrDefault(item) + 1;
        return Holds(item) ? item : null;
    }
}
