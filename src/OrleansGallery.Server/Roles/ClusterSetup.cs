using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;

namespace OrleansGallery.Server;

/// <summary>
/// What a process is in its cluster: a silo, or, with the role api alone, a client of silos.
/// </summary>
internal static class ClusterSetup
{
    // Of a machine's name, so that a process's number fits behind it.
    private const int MaxMachineName = SiloName.MaxLength - 20;

    // One service, however many clusters run it.
    private const string ServiceId = "gallery";

    // A call that was lost with a gateway is only noticed by its time-out. Methods that take longer say so themselves,
    // and are asked after.
    private static readonly TimeSpan ClientTimeout = TimeSpan.FromSeconds(10);

    public static void AddCluster(
        this WebApplicationBuilder builder, ServerOptions server, ClusterMemberOptions cluster)
    {
        IServiceCollection services = builder.Services;
        if (!cluster.IsShared)
        {
            AddSiloAlone(builder, server);
            return;
        }

        ClusterCertificate? certificate = cluster.HasCertificate ? ClusterCertificate.Load(cluster) : null;
        if (server.RoleNames is [SiloRoles.Api])
        {
            services.AddHostedService(_ => new ClusterCheck(cluster, TimeProvider.System));
            AddClient(builder, cluster, certificate);
            return;
        }

        SiloAddresses addresses = new(cluster);
        services.AddHostedService(_ => new ClusterCheck(cluster, TimeProvider.System));
        services.AddHostedService(s => new SiloCheck(s, addresses, cluster.Id, NameOf(server)));
        AddSilo(builder, server, cluster, addresses, certificate);
    }

    /// <summary>A silo's plain name.</summary>
    public static string NameOf(ServerOptions server)
    {
        // A machine may have a name with other letters.
        string machine = new([.. Environment.MachineName.Take(MaxMachineName).Select(
            letter => SiloName.IsName($"{letter}") ? letter : '-')]);
        return server.Name is { Length: > 0 } named ? named : machine is { Length: > 0 } ? machine : "silo";
    }

    /// <summary>The membership of a cluster to be read, with no silo of its own.</summary>
    /// <returns>A host that is never started; dispose of it.</returns>
    public static IHost BuildMembership(ClusterMemberOptions cluster)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans(silo =>
        {
            silo.UsePostgresMembership(cluster.Database);
            silo.Configure<ClusterOptions>(options => SetIds(options, cluster));
        });
        return builder.Build();
    }

    private static void AddSiloAlone(WebApplicationBuilder builder, ServerOptions server) =>
        builder.UseOrleans(silo =>
        {
            // Ports of this process alone and no gateway: nobody outside takes part in this cluster of one.
            int port = FreePorts.FindOne(IPAddress.Loopback);
            string cluster = $"gallery-{Environment.ProcessId}-{port}";
            silo.UseLocalhostClustering(siloPort: port, gatewayPort: 0, serviceId: ServiceId, clusterId: cluster);
            string name = server.Name.Length > 0 ? server.Name : $"{NameOf(server)}-{Environment.ProcessId}";
            AddRoles(silo, server.RoleNames, name);
        });

    private static void AddSilo(
        WebApplicationBuilder builder, ServerOptions server, ClusterMemberOptions cluster, SiloAddresses addresses,
        ClusterCertificate? certificate) => builder.UseOrleans(silo =>
        {
            silo.UsePostgresMembership(cluster.Database);
            silo.UseClusterDirectory();
            silo.Configure<ClusterOptions>(options => SetIds(options, cluster));
            silo.Configure<EndpointOptions>(addresses.Apply);
            if (certificate is not null)
            {
                silo.UseTls(certificate.Apply);
            }

            AddRoles(silo, server.RoleNames, NameOf(server));
        });

    private static void AddRoles(ISiloBuilder silo, IReadOnlyList<string> roles, string name)
    {
        silo.Configure<SiloOptions>(options => options.SiloName = name);
        silo.AddGalleryGrains(roles);
        silo.Services.AddSingleton<IReadiness>(services => new SiloReadiness(
            services.GetRequiredService<ISiloStatusOracle>(),
            services.GetRequiredService<IClusterMembershipService>(),
            roles));
    }

    private static void AddClient(
        WebApplicationBuilder builder, ClusterMemberOptions cluster, ClusterCertificate? certificate)
    {
        // HTTP answers while the client looks for a silo, that it is not ready.
        builder.Services.Configure<HostOptions>(host => host.ServicesStartConcurrently = true);
        builder.UseOrleansClient(client =>
        {
            client.UsePostgresMembership(cluster.Database);
            client.Configure<ClusterOptions>(options => SetIds(options, cluster));
            client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = ClientTimeout);
            client.WatchLongCalls();
            if (certificate is not null)
            {
                client.UseTls(certificate.Apply);
            }
        });
        IServiceCollection services = builder.Services;
        services.AddSingleton<GatewayWatch>();
        services.AddSingleton<IReadiness>(s => s.GetRequiredService<GatewayWatch>());
        services.AddSingleton<IClusterConnectionStatusObserver>(s => s.GetRequiredService<GatewayWatch>());
        services.AddSingleton<IClientConnectionRetryFilter>(s => s.GetRequiredService<GatewayWatch>());
    }

    private static void SetIds(ClusterOptions options, ClusterMemberOptions cluster)
    {
        options.ClusterId = cluster.Id;
        options.ServiceId = ServiceId;
    }
}
