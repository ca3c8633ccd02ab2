using System.Globalization;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>Keys in words.</summary>
internal static class KeyWords
{
    public static string Of(KeyRole role) => role.ToString().ToLowerInvariant();

    public static string Galleries(KeyResponse key) =>
        key.Galleries is null ? "all galleries" : string.Join(", ", key.Galleries.Select(name => $"'{name}'"));

    public static string Day(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "-";
}
