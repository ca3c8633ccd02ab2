using OrleansGallery.Abstractions;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace OrleansGallery.Grains;

/// <summary>Reads the roles out of silo metadata.</summary>
internal static class SiloMetadataExtensions
{
    public static bool HasRole(this ISiloMetadataCache metadata, SiloAddress silo, string role) =>
        metadata.GetSiloMetadata(silo).Metadata.TryGetValue(SiloRoles.MetadataKey, out string? roles)
        && roles.Split(',').Contains(role, StringComparer.Ordinal);
}
