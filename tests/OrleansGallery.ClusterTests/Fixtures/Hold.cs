namespace OrleansGallery.ClusterTests;

/// <summary>A place where a thread waits until a test lets it go on.</summary>
internal sealed class Hold : IDisposable
{
    private readonly ManualResetEventSlim _reached = new();
    private readonly ManualResetEventSlim _release = new();

    /// <summary>Called by whoever is to wait.</summary>
    public void Enter()
    {
        _reached.Set();
        _release.Wait();
    }

    /// <summary>Returns once somebody waits.</summary>
    public void WaitUntilReached() => _reached.Wait(TestContext.Current.CancellationToken);

    /// <summary>Lets everybody go on, also those who come later.</summary>
    public void Release() => _release.Set();

    public void Dispose()
    {
        // A test that fails must not leave anybody waiting.
        Release();
        _reached.Dispose();
        _release.Dispose();
    }
}
