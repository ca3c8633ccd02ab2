using System.Diagnostics.CodeAnalysis;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Server;

/// <summary>Roles as the settings write them: <c>gallery,api</c>.</summary>
internal static class RoleList
{
    /// <summary>Reads roles, in the order of <see cref="SiloRoles.All"/>.</summary>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out string[]? roles, [NotNullWhen(false)] out string? failure)
    {
        roles = null;
        string[] named = (text ?? string.Empty).Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string[] unknown = [.. named.Except(SiloRoles.All, StringComparer.Ordinal)];
        failure = (named, unknown) switch
        {
            ([], _) => $"{Setting} names no role; there are {string.Join(", ", SiloRoles.All)}.",
            (_, [var first, ..]) =>
                $"{Setting} names '{first}', which is no role; {NearestName.Suggest(first, SiloRoles.All)}",
            _ => null,
        };
        if (failure is null)
        {
            roles = [.. SiloRoles.All.Intersect(named, StringComparer.Ordinal)];
            return true;
        }

        return false;
    }

    private static string Setting => $"{ServerOptions.Section}:{nameof(ServerOptions.Roles)} (--roles)";
}
