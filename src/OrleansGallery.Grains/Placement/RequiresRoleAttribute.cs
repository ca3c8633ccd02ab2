using OrleansGallery.Abstractions;
using Orleans.Placement;

namespace OrleansGallery.Grains;

/// <summary>Places a grain only on silos that have a role (they stand in its name, <see cref="SiloName"/>).</summary>
/// <param name="role">One of <see cref="SiloRoles"/>.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RequiresRoleAttribute(string role) : PlacementFilterAttribute(new RoleFilter(role));
