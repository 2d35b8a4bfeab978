using System.Collections.Concurrent;

namespace Api.Words.Languages;

/// <summary>Objects that serve one thread at a time, made when all others are in use.</summary>
internal sealed class Pool<T>(Func<T> make)
{
    private readonly ConcurrentBag<T> idle = [];

    /// <summary>What an object of the pool answers; one that throws does not come back.</summary>
    public TResult Use<TArgument, TResult>(TArgument argument, Func<T, TArgument, TResult> ask)
    {
        var one = idle.TryTake(out var taken) ? taken : make();
        var result = ask(one, argument);
        idle.Add(one);
        return result;
    }
}
