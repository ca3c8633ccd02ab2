using Orleans.Metadata;
using Orleans.Placement;

namespace OrleansGallery.Grains;

/// <summary>
/// The filter behind <see cref="RequiresRoleAttribute"/>. Orleans' own metadata filters compare with the caller's silo;
/// this one compares with a constant, which travels as a property of the grain type.
/// </summary>
/// <param name="role">The role; empty until <see cref="AdditionalInitialize"/> has read it.</param>
internal sealed class RoleFilter(string role) : PlacementFilterStrategy(0)
{
    private const string RoleProperty = "role";

    /// <summary>Made by Orleans, which then calls <see cref="AdditionalInitialize"/>.</summary>
    public RoleFilter()
        : this(string.Empty)
    {
    }

    /// <summary>The role a silo must have.</summary>
    public string Role { get; private set; } = role;

    /// <inheritdoc />
    public override void AdditionalInitialize(GrainProperties properties) =>
        Role = GetPlacementFilterGrainProperty(RoleProperty, properties)
            ?? throw new InvalidOperationException("A grain type with a role filter names no role.");

    /// <inheritdoc />
    protected override IEnumerable<KeyValuePair<string, string>> GetAdditionalGrainProperties(
        IServiceProvider services, Type grainClass, GrainType grainType,
        IReadOnlyDictionary<string, string> existingProperties) => [KeyValuePair.Create(RoleProperty, Role)];
}
