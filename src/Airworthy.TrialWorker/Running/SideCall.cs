using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text;
using Airworthy.TrialWorker.Making;
using Airworthy.TrialWorker.Observing;

namespace Airworthy.TrialWorker.Running;

/// <summary>Calls one unit on one side and sees what comes of it. Its last outcome stands in it until the next call: what is the same on both sides is never copied.</summary>
/// <param name="side">The side.</param>
/// <param name="method">The unit there.</param>
/// <param name="mutable">Which of the receiver and arguments a call can change.</param>
/// <param name="function">How the function is called that the unit gives; null where it gives none, or none that can be called.</param>
internal sealed class SideCall(Side side, MethodBase method, bool[] mutable, MethodInfo? function = null)
{
    /// <summary>How long a task may take that nobody is to complete.</summary>
    private static readonly TimeSpan s_mostWait = TimeSpan.FromSeconds(1);

    private const int MostAsync = 200;

    private static readonly ConcurrentDictionary<Type, MethodInfo?> s_streams = new();

    private readonly Func<object?[], object?> _call = Invoker.Of(method);
    private readonly Func<object?[], object?>? _function = function is null ? null : Invoker.Of(function);
    private readonly StringBuilder _text = new();
    private readonly bool _hasReceiver = !method.IsStatic && method is not ConstructorInfo;
    private readonly ParameterInfo[] _parameters = method.GetParameters();
    private readonly bool _isVoid = method is MethodInfo { ReturnType: var type } && type == typeof(void);
    private Observer? _observer;
    private int _afterResult;
    private int _afterArguments;
    private int _afterReceiver;

    public MethodBase Method => method;

    public Side Side => side;

    /// <summary>How the function is called that the unit gives: what it does shows only then; null where it gives none.</summary>
    public MethodInfo? Function => function;

    public CallEnd End { get; private set; }

    public Exception? Thrown { get; private set; }

    /// <summary>Called before each run; null when nobody asks.</summary>
    public Action? Before { get; set; }

    /// <summary>Told of each plain value that is seen, with the C# that reaches it.</summary>
    public Action<string, object?>? Seen { get; set; }

    /// <summary>Runs a recipe.</summary>
    public void Run(Recipe recipe)
    {
        Before?.Invoke();
        _text.Clear();
        Thrown = null;
        _afterResult = _afterArguments = _afterReceiver = 0;
        var culture = CallShape.Cultures[recipe.Choice];
        // Setting one costs more than most calls do.
        if (!ReferenceEquals(CultureInfo.CurrentCulture, culture) || !ReferenceEquals(CultureInfo.CurrentUICulture, culture))
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
        }

        object?[] arguments;
        try
        {
            arguments = (object?[])recipe.Build(side)!;
            if (_hasReceiver && arguments[0] is null)
            {
                End = CallEnd.NotMade;
                return;
            }
        }
#pragma warning disable CA1031 // What can't be made is no finding, whatever it throws.
        catch (Exception failed)
#pragma warning restore CA1031
        {
            (End, Thrown) = (CallEnd.NotMade, failed);
            return;
        }

        ConsoleCapture.Begin();
        object? result = null;
        try
        {
            result = Settled(_call(arguments));
            if (_function is not null && result is not null)
            {
                result = Settled(_function([result, .. arguments[((_hasReceiver ? 1 : 0) + _parameters.Length)..]]));
            }

            End = CallEnd.Returned;
        }
#pragma warning disable CA1031 // What the code under trial throws is its outcome.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            (End, Thrown) = (CallEnd.Threw, thrown is AggregateException { InnerException: { } inner } ? inner : thrown);
        }

        Observe(result, arguments);
        Kept?.Invoke(arguments);
        KeptResult?.Invoke(result);
    }

    /// <summary>True when both sides' last outcomes are the same.</summary>
    public bool IsSame(SideCall other) =>
        End == other.End && _text.Equals(other._text)
        && (Thrown is null || (Thrown.GetType().FullName == other.Thrown?.GetType().FullName && Message(Thrown) == Message(other.Thrown!)));

    /// <summary>The last outcome, to keep.</summary>
    public Outcome Keep()
    {
        string[] parts = [_text.ToString(0, _afterResult), _text.ToString(_afterResult, _afterArguments - _afterResult), _text.ToString(_afterArguments, _afterReceiver - _afterArguments), _text.ToString(_afterReceiver, _text.Length - _afterReceiver)];
        return new Outcome(End, Thrown?.GetType().FullName ?? "", Thrown is null ? "" : Message(Thrown), parts);
    }

    /// <summary>What can be seen of the arguments that a call can change.</summary>
    public string SeeArguments(object?[] arguments)
    {
        var text = new StringBuilder();
        var observer = new Observer(text);
        var offset = _hasReceiver ? 1 : 0;
        for (var i = 0; i < _parameters.Length; i++)
        {
            if (mutable[i + offset] && !_parameters[i].ParameterType.IsByRef)
            {
                text.Append(text.Length == 0 ? "" : "; ").Append(_parameters[i].Name).Append(" = ");
                observer.Write(arguments[i + offset]);
            }
        }

        return text.ToString();
    }

    /// <summary>Runs a recipe, its result to its end, and gives what can be seen of the arguments after.</summary>
    public string RunAndSeeArguments(Recipe recipe)
    {
        var arguments = Array.Empty<object?>();
        Kept = kept => arguments = kept;
        Run(recipe);
        Kept = null;
        return End == CallEnd.NotMade ? "" : SeeArguments(arguments);
    }

    /// <summary>Runs a recipe and gives the receiver and arguments as the call left them, and the result.</summary>
    public (object?[] Arguments, object? Result) RunAndKeep(Recipe recipe)
    {
        object?[] arguments = [];
        object? result = null;
        Kept = kept => arguments = kept;
        KeptResult = kept => result = kept;
        Run(recipe);
        Kept = null;
        KeptResult = null;
        return (arguments, result);
    }

    /// <summary>Runs a recipe and goes through its result twice.</summary>
    public (string Once, string Twice) RunAndSeeTwice(Recipe recipe)
    {
        object? result = null;
        KeptResult = kept => result = kept;
        Run(recipe);
        KeptResult = null;
        if (End != CallEnd.Returned)
        {
            return ("", "");
        }

        // The first time through was when it was seen.
        var once = _text.ToString(0, _afterResult);
        var twice = new StringBuilder();
        new Observer(twice).Write(result);
        return (once, twice.ToString());
    }

    /// <summary>Given the arguments after a call.</summary>
    private Action<object?[]>? Kept { get; set; }

    /// <summary>Given the result of a call.</summary>
    private Action<object?>? KeptResult { get; set; }

    private void Observe(object? result, object?[] arguments)
    {
        var observer = _observer ??= new Observer(_text);
        observer.Begin(Seen);
        if (End == CallEnd.Returned && !_isVoid)
        {
            observer.Write(result, "result");
        }

        _afterResult = _text.Length;
        var offset = _hasReceiver ? 1 : 0;
        for (var i = 0; i < _parameters.Length; i++)
        {
            if (mutable[i + offset] || _parameters[i].ParameterType.IsByRef)
            {
                _text.Append(_text.Length == _afterResult ? "" : ", ").Append(_parameters[i].Name).Append(" = ");
                observer.Write(arguments[i + offset], _parameters[i].Name ?? "");
            }
        }

        _afterArguments = _text.Length;
        if (_hasReceiver && mutable[0])
        {
            _text.Append("this = ");
            observer.Write(arguments[0], "receiver");
        }

        _afterReceiver = _text.Length;
        var printed = ConsoleCapture.End();
        if (printed.Length > 0)
        {
            _text.Append("prints ");
            observer.Write(printed, "");
        }
    }

    private static string Message(Exception thrown)
    {
        try
        {
            return thrown.Message;
        }
#pragma warning disable CA1031 // A message can be overridden.
        catch (Exception failed)
#pragma warning restore CA1031
        {
            return $"(its message throws {failed.GetType().Name})";
        }
    }

    /// <summary>Waits for a task's end, and runs an asynchronous sequence to its end; gives what they gave.</summary>
    private static object? Settled(object? result)
    {
        if (result is null or string || result.GetType().IsPrimitive)
        {
            return result;
        }

        if (TaskResult.IsTask(result, out var task))
        {
            if (!task.Wait(s_mostWait))
            {
                return "(a task that does not end)";
            }

            return TaskResult.Given(task);
        }

        return s_streams.GetOrAdd(result.GetType(), StreamOf) is { } items ? items.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [result], null) : result;
    }

    /// <summary>What reads a type's objects to their end, where they are asynchronous sequences.</summary>
    private static MethodInfo? StreamOf(Type type) =>
        type.GetInterfaces().FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)) is { } stream
            ? typeof(SideCall).GetMethod(nameof(ItemsOf), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(stream.GetGenericArguments())
            : null;

    private static List<T> ItemsOf<T>(IAsyncEnumerable<T> stream)
    {
        var read = Task.Run(async () =>
        {
            var items = new List<T>();
            await foreach (var item in stream.ConfigureAwait(false))
            {
                items.Add(item);
                if (items.Count == MostAsync)
                {
                    break;
                }
            }

            return items;
        });
        return read.Wait(s_mostWait) ? read.GetAwaiter().GetResult() : throw new TimeoutException("an asynchronous sequence that does not end");
    }
}
