using Microsoft.Extensions.Hosting;
using OrleansGallery.Grains;

namespace OrleansGallery.Server;

/// <summary>Refuses addresses that a silo cannot listen on, and a name that another silo has.</summary>
internal sealed class SiloCheck(IServiceProvider services, SiloAddresses addresses, string cluster, string name)
    : IHostedLifecycleService
{
    private readonly SiloNames _names = new(services, name);

    /// <exception cref="StartRefusedException">What is wrong, and the setting.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        addresses.Require();
        Refuse(await _names.WaitUntilFreeAsync(cancellationToken));
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <exception cref="StartRefusedException">Two started at once.</exception>
    public async Task StartedAsync(CancellationToken cancellationToken) =>
        Refuse(await _names.FindOtherAsync(cancellationToken));

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Refuse(string? other)
    {
        if (other is not null)
        {
            throw new StartRefusedException(
                $"The silo {other} of the cluster '{cluster}' is called '{name}' too; give this one another name "
                + $"({ServerOptions.Section}:{nameof(ServerOptions.Name)}, --name).");
        }
    }
}
