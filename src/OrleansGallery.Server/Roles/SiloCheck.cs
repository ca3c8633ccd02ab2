using OrleansGallery.Grains;

namespace OrleansGallery.Server;

/// <summary>Refuses addresses that a silo cannot listen on, and a name that another silo has.</summary>
internal sealed class SiloCheck(IServiceProvider services, SiloAddresses addresses, string cluster, string name)
    : StartCheck
{
    private readonly SiloNames _names = new(services, name);

    /// <inheritdoc />
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        addresses.Require();
        Refuse(await _names.WaitUntilFreeAsync(cancellationToken));
    }

    /// <exception cref="StartRefusedException">Two started at once.</exception>
    public override async Task StartedAsync(CancellationToken cancellationToken) =>
        Refuse(await _names.FindOtherAsync(cancellationToken));

    private void Refuse(string? other)
    {
        if (other is not null)
        {
            throw new StartRefusedException(
                $"{TwinText(other, cluster, name)}; give this one another name "
                + $"({ServerOptions.Section}:{nameof(ServerOptions.Name)}, --name).");
        }
    }

    /// <summary>Says who has the name.</summary>
    public static string TwinText(string other, string cluster, string name) =>
        $"The silo {other} of the cluster '{cluster}' is called '{name}' too";
}
