using Shop.Data;

namespace Shop.Orders;

/// <summary>What was ordered, the newest first.</summary>
public sealed class OrderPages(Database database)
{
    private const int PageSize = 50;

    public IReadOnlyList<string> Page(int page)
    {
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id FROM orders ORDER BY rowid DESC LIMIT $size OFFSET $skip";
        command.Parameters.AddWithValue("$size", PageSize);
        command.Parameters.AddWithValue("$skip", Math.Max(0, page) * PageSize);
        using var reader = command.ExecuteReader();
        var ids = new List<string>();
        while (reader.Read())
        {
            ids.Add(reader.GetString(0));
        }

        return ids;
    }
}
