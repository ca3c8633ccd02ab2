using Microsoft.Extensions.Hosting;

namespace OrleansGallery.Server;

/// <summary>A check that refuses the start of a process.</summary>
internal abstract class StartCheck : IHostedLifecycleService
{
    /// <summary>Before anything of the process starts.</summary>
    /// <exception cref="StartRefusedException">What is wrong, and the setting.</exception>
    public abstract Task StartingAsync(CancellationToken cancellationToken);

    /// <summary>Once everything has started.</summary>
    /// <exception cref="StartRefusedException">What is wrong, and the setting.</exception>
    public virtual Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
