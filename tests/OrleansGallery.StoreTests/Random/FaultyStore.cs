using OrleansGallery.Storage;
using OrleansGallery.Testing;

namespace OrleansGallery.StoreTests;

/// <summary>A handle whose calls fail by chance: before anything happened, or after it all did.</summary>
/// <param name="inner">The store.</param>
/// <param name="seed">Of the chance.</param>
/// <param name="rate">The share of calls that fail.</param>
/// <param name="beforeCall">Called before each call with the source of chance; null: nothing is.</param>
public sealed class FaultyStore(IGalleryStore inner, int seed, double rate, Action<Random>? beforeCall = null)
    : ForwardingStore(inner)
{
    private readonly Random _random = new(seed);

    protected override Task<T> ReadAsync<T>(Func<Task<T>> read) => FailAsync(read);

    protected override Task<T> WriteAsync<T>(Func<Task<T>> write) => FailAsync(write);

    private static StoreAwayException Away(bool isOutcomeUnknown) =>
        new(StoreAwayReason.Unreachable, "Away.") { IsOutcomeUnknown = isOutcomeUnknown };

    private async Task<T> FailAsync<T>(Func<Task<T>> call)
    {
        beforeCall?.Invoke(_random);
        (bool fails, int kind) = (_random.NextDouble() < rate, _random.Next(3));
        if (fails && kind < 2)
        {
            throw Away(isOutcomeUnknown: kind == 1);
        }

        T result = await call();
        return fails ? throw Away(isOutcomeUnknown: true) : result;
    }
}
