using Microsoft.Extensions.Configuration;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Server;

/// <summary>The service that is looked at, by its settings, which are right.</summary>
internal sealed class DoctorSubject(IConfiguration configuration, TimeProvider time)
{
    public ServerOptions Server { get; } = KnownSettings.Read<ServerOptions>(configuration);

    public ClusterMemberOptions Cluster { get; } = KnownSettings.Read<ClusterMemberOptions>(configuration);

    public TimeProvider Time => time;

    /// <summary>What the store holds, once it was looked at; null: that is not known.</summary>
    public StoreContents? Contents { get; set; }

    /// <summary>Whether the cluster's tables were found as they should be.</summary>
    public bool HasMembership { get; set; }

    /// <summary>Where it listens for HTTP.</summary>
    public IReadOnlyList<ListenAddress> Addresses =>
    [
        .. ListenAddress.Split(Server.Urls).Select(
            url => ListenAddress.TryParse(url, Server, out ListenAddress? address, out _) ? address : null)
            .OfType<ListenAddress>(),
    ];

    public T Read<T>()
        where T : new() => KnownSettings.Read<T>(configuration);

    /// <summary>Whether its store is in the data folder; in a cluster only models are there.</summary>
    public bool HasFolderStore => Has(SiloRoles.Gallery) && !Cluster.IsShared;

    public bool Has(string role) => Server.RoleNames.Contains(role);

    /// <summary>Whether a service answers where this one would listen: it runs already.</summary>
    public async Task<bool> RunsAsync(CancellationToken cancellationToken)
    {
        foreach (ListenAddress address in Addresses)
        {
            if (await LiveService.AnswersAsync(address, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }
}
