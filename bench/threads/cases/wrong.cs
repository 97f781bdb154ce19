// The same after a change that lost what kept them apart.
using System; using System.Collections.Concurrent; using System.Collections.Generic; using System.Collections.Immutable; using System.Linq; using System.Threading; using System.Threading.Tasks;
namespace Code;

public class Counter { private readonly Lock _lock = new(); private int _count; public int Count => _count; public int Add(int n) { return _count += n; } }
public class Stock
{
    private readonly SemaphoreSlim _one = new(1);
    private int _left = 3;
    public int Left => _left;
    public async Task<bool> ReserveAsync(int n) { if (n < 1 || _left < n) { return false; } await Task.Yield(); await _one.WaitAsync(); try { _left -= n; return true; } finally { _one.Release(); } }
}
public class Pool
{
    private readonly object _lock = new();
    private readonly List<int> _items = new();
    public void Put(int item) { lock (_lock) { _items.Add(item); } }
    public bool TryTake(out int item) { lock (_lock) { item = 0; if (_items.Count == 0) { return false; } item = _items[^1]; } lock (_lock) { _items.Remove(item); } return true; }
}
public sealed class Service
{
    private static Service? s_instance;
    private Service() { }
    public static Service Get() { return s_instance ??= new Service(); }
}
public class Account
{
    private static int s_next;
    private readonly int _id = Interlocked.Increment(ref s_next);
    private readonly Lock _lock = new();
    private int _cents = 100;
    public int Cents => _cents;
    public void Pay(Account other, int cents)
    {
        if (other == this) { return; }
        lock (_lock) { lock (other._lock) { _cents -= cents; other._cents += cents; } }
    }
}
/// <summary>Thread-safe.</summary>
public class Names
{
    private readonly object _lock = new();
    private readonly Dictionary<int, string> _names = new();
    public void Set(int id, string name) { lock (_lock) { _names[id] = name; } }
    public string? Find(int id) { return _names.GetValueOrDefault(id); }
}
