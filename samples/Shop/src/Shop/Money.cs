namespace Shop;

/// <summary>An amount of the shop's currency, exact to the cent.</summary>
public readonly record struct Money
{
    public Money(long cents)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cents);
        Cents = cents;
    }

    /// <summary>The amount in cents; never negative.</summary>
    public long Cents { get; }

    public static Money Zero => new(0);

    public static Money operator +(Money left, Money right) => new(checked(left.Cents + right.Cents));

    public static Money operator -(Money left, Money right) => new(checked(left.Cents - right.Cents));

    public static Money operator *(Money money, int count) => new(checked(money.Cents * count));

    /// <summary>The part of the amount that <paramref name="rate"/> gives, rounded half to even.</summary>
    public Money Part(decimal rate) => new((long)decimal.Round(Cents * rate, MidpointRounding.ToEven));
}
