using System.Data.Common;
using System.Text.Json;

namespace Airworthy.Storage;

/// <summary>Writes what others are told of, in the transaction in which it happened.</summary>
internal static class Happenings
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public static async Task AddAsync(DbTransaction transaction, string type, string subject, long at, object body)
    {
        var sequence = await transaction.ReserveAsync("happening", 1);
        await transaction.RunAsync(
            "INSERT INTO happenings (sequence, type, subject, happened_at, body) VALUES (@sequence, @type, @subject, @at, @body)",
            new { sequence, type, subject, at, body = JsonSerializer.Serialize(body, s_json) });
    }
}
