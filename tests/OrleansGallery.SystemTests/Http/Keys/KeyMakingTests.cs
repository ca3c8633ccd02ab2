using OrleansGallery.Abstractions;
using OrleansGallery.Server;

namespace OrleansGallery.SystemTests.Http;

public sealed class KeyMakingTests
{
    private static readonly ApiKey Key = new()
    {
        Id = "a", Name = "a", SecretHash = [], Role = "read", CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private readonly HeldKeys _keys = new();

    [Fact]
    public async Task Add_WhoseMakerIsGoneBeforeItIsStored_RevokesItThen()
    {
        using CancellationTokenSource maker = new();
        Task<ApiKey> made = KeyMaking.AddAsync(_keys, Key, maker.Token);
        await maker.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => made);
        Assert.False(_keys.Revoked.IsCompleted);

        _keys.Stored.SetResult(Key);

        Assert.Equal("a", await _keys.Revoked.WaitAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Add_WhoseMakerIsGoneWhenItIsStored_RevokesIt()
    {
        using CancellationTokenSource maker = new();
        _keys.Stored.SetResult(Key);
        await maker.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => KeyMaking.AddAsync(_keys, Key, maker.Token));

        Assert.Equal("a", await _keys.Revoked.WaitAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Add_ThatMayHaveBeenDone_RevokesIt_AndOneThatIsToldOrRefusedDoesNot()
    {
        _keys.Stored.SetException(new TimeoutException());
        await Assert.ThrowsAsync<TimeoutException>(() => KeyMaking.AddAsync(_keys, Key, CancellationToken.None));
        await _keys.Revoked.WaitAsync(TestContext.Current.CancellationToken);

        HeldKeys told = new();
        told.Stored.SetResult(Key);
        Assert.Same(Key, await KeyMaking.AddAsync(told, Key, CancellationToken.None));
        Assert.False(told.Revoked.IsCompleted);

        HeldKeys full = new();
        full.Stored.SetException(new InvalidRequestException("full"));
        await Assert.ThrowsAsync<InvalidRequestException>(
            () => KeyMaking.AddAsync(full, Key, CancellationToken.None));
        Assert.False(full.Revoked.IsCompleted);
    }

    private sealed class HeldKeys : IKeysGrain
    {
        private readonly TaskCompletionSource<string> _revoked = new();

        public TaskCompletionSource<ApiKey> Stored { get; } = new();

        public Task<string> Revoked => _revoked.Task;

        public Task<ApiKey> AddAsync(ApiKey key) => Stored.Task;

        public Task<ApiKey> RevokeAsync(string id)
        {
            _revoked.TrySetResult(id);
            return Task.FromException<ApiKey>(new ApiKeyNotFoundException(id));
        }

        public Task<IReadOnlyList<ApiKey>> ListAsync(bool withRevoked) => throw new NotSupportedException();
    }
}
