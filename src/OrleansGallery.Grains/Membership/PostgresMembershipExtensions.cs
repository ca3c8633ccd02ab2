using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Makes silos and clients that name the same database and cluster find each other.</summary>
public static class PostgresMembershipExtensions
{
    private const string ConnectionsKey = "gallery.membership";

    // The name by which Orleans knows PostgreSQL's driver.
    private const string Invariant = "Npgsql";

    /// <summary>
    /// Membership in PostgreSQL, with <see cref="MembershipTiming"/>'s values. The tables are there before the silo
    /// starts: <see cref="VersionedSchema.Membership"/>.
    /// </summary>
    /// <param name="silo">The silo; its cluster's id is set elsewhere.</param>
    /// <param name="connectionString">The database.</param>
    /// <returns>The silo.</returns>
    public static ISiloBuilder UsePostgresMembership(this ISiloBuilder silo, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(silo);
        AddConnections(silo.Services, connectionString);
        silo.Configure<ClusterMembershipOptions>(MembershipTiming.Apply);
        return silo.UseAdoNetClustering(options => options.Configure<IServiceProvider>((table, services) =>
        {
            table.Invariant = Invariant;
            table.DataSource = services.GetRequiredKeyedService<DbDataSource>(ConnectionsKey);
        }));
    }

    /// <summary>The gateways of the silos in PostgreSQL's membership.</summary>
    /// <param name="client">The client; its cluster's id is set elsewhere.</param>
    /// <param name="connectionString">The database.</param>
    /// <returns>The client.</returns>
    public static IClientBuilder UsePostgresMembership(this IClientBuilder client, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(client);
        AddConnections(client.Services, connectionString);
        client.Configure<GatewayOptions>(MembershipTiming.Apply);
        return client.UseAdoNetClustering(options => options.Configure<IServiceProvider>((gateways, services) =>
        {
            gateways.Invariant = Invariant;
            gateways.DataSource = services.GetRequiredKeyedService<DbDataSource>(ConnectionsKey);
        }));
    }

    // The container closes them with the host; Orleans does not.
    private static void AddConnections(IServiceCollection services, string connectionString) =>
        services.AddKeyedSingleton(ConnectionsKey, (_, _) => MembershipConnections.Create(connectionString));
}
