using OrleansGallery.Abstractions;

namespace OrleansGallery.ClusterTests;

/// <summary>A way to a silo that may be lost or slow.</summary>
internal sealed class FakeSearcher(Func<Task<SearchAnswer>> search, Func<Task<bool>> isRunning) : ISearchGrain
{
    /// <summary>A way that leads nowhere: nothing that is sent there is answered.</summary>
    public static FakeSearcher Silent => new(() => Never<SearchAnswer>(), () => Never<bool>());

    public List<SearchCommand> Sent { get; } = [];

    public CancellationToken Token { get; private set; }

    public Task<SearchAnswer> SearchAsync(SearchCommand command, CancellationToken cancellationToken)
    {
        Sent.Add(command);
        Token = cancellationToken;
        return search();
    }

    public Task<bool> IsRunningAsync(Guid search)
    {
        Assert.Equal(Sent[^1].Id, search);
        return isRunning();
    }

    private static Task<T> Never<T>() => new TaskCompletionSource<T>().Task;
}
