namespace OrleansGallery.ClusterTests;

/// <summary>Waits for what other threads bring about, a minute at most.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using CancellationTokenSource limit =
            CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        while (!await condition())
        {
            await Task.Delay(20, limit.Token);
        }
    }
}
