using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Roles by the names that the store and the API have for them.</summary>
internal static class KeyRoles
{
    public static string NameOf(KeyRole role) => role switch
    {
        KeyRole.Read => "read",
        KeyRole.Write => "write",
        KeyRole.Admin => "admin",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "No role."),
    };

    /// <returns>Null: a role of a newer program, good for nothing here.</returns>
    public static KeyRole? Parse(string name) =>
        Enum.GetValues<KeyRole>().Where(role => NameOf(role) == name).Cast<KeyRole?>().SingleOrDefault();
}
