using System.Net;
using Microsoft.Extensions.Hosting;
using OrleansGallery.Grains;

namespace OrleansGallery.Server;

/// <summary>Whether this process can be a silo of its cluster: its name is free, and so are its ports.</summary>
internal sealed class MemberCheck(DoctorSubject subject) : IDoctorCheck
{
    public string Name => "silo";

    public async Task RunAsync(DoctorReport report, CancellationToken cancellationToken)
    {
        LivingSilo? own = null;
        if (subject.HasMembership)
        {
            own = await FindOwnAsync(report, cancellationToken);
        }

        SiloAddresses addresses = new(subject.Cluster);
        (int Port, StartRefusedException Refusal)[] refused = [.. addresses.Refusals()];
        foreach ((int port, StartRefusedException refusal) in refused)
        {
            if (own is not null)
            {
                report.Ok($"The port {port} is the running silo's.");
            }
            else
            {
                report.Wrong(refusal.Message, "End the program that has the port, or choose another one.");
            }
        }

        if (refused.Length == 0)
        {
            report.Ok($"Its ports can be listened on; others reach it at {addresses.Advertised}.");
        }
    }

    private int AdvertisedPort => subject.Cluster.AdvertisedSiloPort is > 0 and int advertised
        ? advertised : subject.Cluster.SiloPort;

    // Null: the silo that these settings are for does not run.
    private async Task<LivingSilo?> FindOwnAsync(DoctorReport report, CancellationToken cancellationToken)
    {
        (string name, string cluster) = (ClusterSetup.NameOf(subject.Server), subject.Cluster.Id);
        using IHost host = ClusterSetup.BuildMembership(subject.Cluster);
        LivingSilo? living = await new SiloNames(host.Services, name).FindAliveAsync(cancellationToken);
        if (living is null)
        {
            report.Ok($"The name '{name}' is free in the cluster '{cluster}'.");
            return null;
        }

        if (living.HostName == Dns.GetHostName()
            && (subject.Cluster.SiloPort == 0 || AdvertisedPort == living.Endpoint.Port))
        {
            report.Ok($"The silo '{name}' of the cluster '{cluster}' is running here, {living}.");
            return living;
        }

        report.Wrong(
            $"{SiloCheck.TwinText($"{living}", cluster, name)}.",
            $"Give this one another name: {DoctorText.Setting(nameof(ServerOptions.Name), "--name")}. If that silo was "
            + "killed, ask again in 10 s.");
        return null;
    }
}
