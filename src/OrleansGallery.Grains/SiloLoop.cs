namespace OrleansGallery.Grains;

/// <summary>Work that goes on beside the grains until it is told to stop.</summary>
internal sealed class SiloLoop : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task? _running;

    /// <summary>Begins, off the caller's thread.</summary>
    /// <param name="run">The work; its token says when to stop.</param>
    public void Start(Func<CancellationToken, Task> run) =>
        _running = Task.Run(() => run(_stopping.Token), CancellationToken.None);

    /// <summary>Tells the work to stop, if it was begun and not stopped before.</summary>
    /// <returns>When it has, however it ended.</returns>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _running, null) is { } running)
        {
            await _stopping.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Works from a stage of a silo's life until the silo leaves that stage.</summary>
    /// <param name="silo">The silo's life.</param>
    /// <param name="name">Whose work it is, for logs.</param>
    /// <param name="stage">One of <see cref="ServiceLifecycleStage"/>.</param>
    /// <param name="run">The work; its token says when to stop.</param>
    public void RunWith(ISiloLifecycle silo, string name, int stage, Func<CancellationToken, Task> run) =>
        silo.Subscribe(
            name, stage,
            _ =>
            {
                Start(run);
                return Task.CompletedTask;
            },
            _ => StopAsync());

    /// <inheritdoc />
    public void Dispose()
    {
        // Also where the silo's start failed, and nobody stopped the work.
        if (Interlocked.Exchange(ref _running, null) is not null)
        {
            _stopping.Cancel();
        }

        _stopping.Dispose();
    }
}
