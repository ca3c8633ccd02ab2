using Microsoft.AspNetCore.Builder;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Server;

/// <summary>Puts a process together from its roles.</summary>
internal static class ProcessRoles
{
    public static void AddRoles(
        this WebApplicationBuilder builder, ServerOptions server, ClusterMemberOptions cluster)
    {
        builder.Services.AddSection<ServerOptions>(builder.Configuration);
        builder.Services.AddSection<ClusterMemberOptions>(builder.Configuration);
        IReadOnlyList<string> roles = server.RoleNames;
        if (roles.Contains(SiloRoles.Gallery))
        {
            GalleryRole.Add(builder, cluster);
        }

        if (roles.Contains(SiloRoles.Embedding))
        {
            EmbeddingRole.Add(builder);
        }

        if (roles.Contains(SiloRoles.Api))
        {
            ApiRole.Add(builder, server);
        }

        builder.AddTelemetry();
        builder.AddHttpServer(server);
        builder.AddCluster(server, cluster);
    }
}
