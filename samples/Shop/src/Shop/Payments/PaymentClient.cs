namespace Shop.Payments;

/// <summary>Talks to the payment provider; a call that takes more than five seconds has failed.</summary>
public sealed class PaymentClient(HttpClient http)
{
    public sealed record Charge(string OrderId, long Cents);

    public sealed record Receipt(string Reference);

    /// <summary>Takes money for an order; gives the provider's reference.</summary>
    public async Task<string> ChargeAsync(string orderId, Money amount, CancellationToken cancel)
    {
        using var response = await http.PostAsJsonAsync("charges", new Charge(orderId, amount.Cents), cancel);
        response.EnsureSuccessStatusCode();
        var receipt = await response.Content.ReadFromJsonAsync<Receipt>(cancel);
        return receipt?.Reference ?? throw new InvalidOperationException("the payment provider sent no reference");
    }

    /// <summary>Gives money back.</summary>
    public async Task RefundAsync(string reference, Money amount, CancellationToken cancel)
    {
        using var response = await http.PostAsJsonAsync("refunds", new Charge(reference, amount.Cents), cancel);
        response.EnsureSuccessStatusCode();
    }
}
