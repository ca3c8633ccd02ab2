using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Runtime.MembershipService.SiloMetadata;
using OrleansGallery.Grains;

namespace OrleansGallery.Server;

/// <summary>The silo of a process that is its own cluster.</summary>
internal static class SiloSetup
{
    public static void AddGallerySilo(this WebApplicationBuilder builder) => builder.UseOrleans(silo =>
    {
        // Ports of this process alone and no gateway: nobody outside takes part in this cluster of one.
        int port = FreePorts.FindOne();
        string cluster = $"gallery-{Environment.ProcessId}-{port}";
        silo.UseLocalhostClustering(siloPort: port, gatewayPort: 0, serviceId: "gallery", clusterId: cluster);
        silo.UseSiloMetadata(new Dictionary<string, string>
        {
            [SiloRoles.MetadataKey] = string.Join(',', SiloRoles.All),
        });
        silo.Configure<GrainCollectionOptions>(collection =>
        {
            collection.CollectionAge = TimeSpan.FromMinutes(10);
            collection.CollectionQuantum = TimeSpan.FromMinutes(1);
        });
        silo.AddGalleryGrains();
    });
}
