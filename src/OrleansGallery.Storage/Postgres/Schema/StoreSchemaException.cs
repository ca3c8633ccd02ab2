using System.Globalization;

namespace OrleansGallery.Storage;

/// <summary>The database's tables are not those that this program knows; nothing was changed.</summary>
/// <param name="schema">The schema's name.</param>
/// <param name="found">The version that is there; 0: none.</param>
/// <param name="known">The version that this program knows.</param>
public sealed class StoreSchemaException(string schema, int found, int known)
    : Exception(Describe(schema, found, known))
{
    /// <summary>The version that is there; 0: none.</summary>
    public int Found { get; } = found;

    /// <summary>The version that this program knows.</summary>
    public int Known { get; } = known;

    private static string Describe(string schema, int found, int known) => found switch
    {
        0 => $"The database has no schema '{schema}': run 'gallery store init' first.",
        _ when found < known => string.Create(
            CultureInfo.InvariantCulture,
            $"The database's schema '{schema}' has version {found}, "
            + $"this program needs {known}: run 'gallery store init'."),
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"The database's schema '{schema}' has version {found}, this program knows {known}: start a newer one."),
    };
}
