using OrleansGallery.Abstractions;

namespace OrleansGallery.Server;

/// <summary>Which roles a process may have, with and without a cluster around it.</summary>
internal static class RolesRule
{
    public static IEnumerable<string> Faults(ServerOptions server, ClusterMemberOptions cluster)
    {
        string[] missing = [.. new[] { SiloRoles.Gallery, SiloRoles.Api }.Except(server.RoleNames)];
        if (!cluster.IsShared && missing.Length > 0)
        {
            yield return $"{ServerOptions.Section}:{nameof(ServerOptions.Roles)} (--roles) is '{server.Roles}' without "
                + $"{string.Join(" and ", missing)}; without {ClusterMemberOptions.Section}:"
                + $"{nameof(ClusterMemberOptions.Database)} (--database) this process is all of its cluster, with the "
                + "store in its data folder, and needs the roles gallery and api.";
        }
    }
}
