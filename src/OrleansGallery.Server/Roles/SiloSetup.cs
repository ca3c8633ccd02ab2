using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using OrleansGallery.Grains;

namespace OrleansGallery.Server;

/// <summary>The silo of a process that is its own cluster.</summary>
internal static class SiloSetup
{
    public static void AddGallerySilo(this WebApplicationBuilder builder, IReadOnlyCollection<string> roles) =>
        builder.UseOrleans(silo =>
        {
            // Ports of this process alone and no gateway: nobody outside takes part in this cluster of one.
            int port = FreePorts.FindOne();
            string cluster = $"gallery-{Environment.ProcessId}-{port}";
            silo.UseLocalhostClustering(siloPort: port, gatewayPort: 0, serviceId: "gallery", clusterId: cluster);
            silo.AddGalleryGrains(roles);
        });
}
