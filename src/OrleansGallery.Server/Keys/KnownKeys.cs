using System.Collections.Frozen;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>
/// What this process knows of the keys: all that are not revoked, read anew while somebody asks. So a revoked key is of
/// no use after <see cref="MaxAge"/> anywhere, and a key that was just made is known everywhere. While nobody can be
/// asked, what was read last counts for <see cref="LongestOutage"/>, and where more than reading is wanted for
/// <see cref="LongestWritingOutage"/>: searches go on while the store is away, and a key that was revoked where this
/// process cannot hear of it writes no more.
/// </summary>
/// <param name="read">Reads the keys that are not revoked.</param>
/// <param name="time">The clock.</param>
internal sealed class KnownKeys(Func<Task<IReadOnlyList<ApiKey>>> read, TimeProvider time)
{
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan LongestOutage = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan LongestWritingOutage = TimeSpan.FromSeconds(30);

    // However many unknown keys are tried.
    private static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(100);

    // A read that was lost with a silo holds up what is known for no longer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private volatile KeyList? _known;
    private Task<KeyList>? _reading;
    private long _began;

    /// <summary>A key that is not revoked.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="need">What it is wanted for.</param>
    /// <returns>The key; null: there was none when this was asked.</returns>
    /// <exception cref="GalleryException">Nobody can be asked, and what is known is too old.</exception>
    public async Task<ApiKey?> FindAsync(string id, KeyRole need)
    {
        long asked = time.GetTimestamp();
        if (_known is { } known && known.Find(id) is { } key)
        {
            return time.GetElapsedTime(known.Began) <= MaxAge ? key : await FindAgainAsync(id, need, known);
        }

        do
        {
            known = await ReadAsync();
        }
        while (known.Began < asked && known.Find(id) is null);
        return known.Find(id);
    }

    /// <summary>What is known is out of date.</summary>
    public void Forget() => _known = _known is { } known ? known with { Began = long.MinValue / 2 } : null;

    private async Task<ApiKey?> FindAgainAsync(string id, KeyRole need, KeyList known)
    {
        Task<KeyList> reading = ReadAsync();
        try
        {
            TimeSpan left = Patience - time.GetElapsedTime(_began);
            return (await reading.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time)).Find(id);
        }
        catch (Exception exception) when (
            ClusterFailures.Translate(exception) is { Retryable: true }
            && time.GetElapsedTime(known.ReadAt) <= (need == KeyRole.Read ? LongestOutage : LongestWritingOutage))
        {
            return known.Find(id);
        }
    }

    private Task<KeyList> ReadAsync()
    {
        lock (_lock)
        {
            return _reading is { IsCompleted: false } ? _reading : (_reading = ReadOnceAsync());
        }
    }

    private async Task<KeyList> ReadOnceAsync()
    {
        TimeSpan pause = _began == 0 ? TimeSpan.Zero : BetweenReads - time.GetElapsedTime(_began);
        if (pause > TimeSpan.Zero)
        {
            await Task.Delay(pause, time);
        }

        long began = _began = time.GetTimestamp();
        IReadOnlyList<ApiKey> keys = await read().WaitAsync(LongestRead, time);
        return _known = new KeyList(keys.ToFrozenDictionary(key => key.Id, StringComparer.Ordinal), began, began);
    }

    private sealed record KeyList(FrozenDictionary<string, ApiKey> Keys, long Began, long ReadAt)
    {
        public ApiKey? Find(string id) => Keys.GetValueOrDefault(id);
    }
}
