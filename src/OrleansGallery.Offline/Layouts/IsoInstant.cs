using System.Text.Json;

namespace OrleansGallery.Offline;

/// <summary>Instants as files have them: ISO 8601; without an offset they are UTC.</summary>
internal static class IsoInstant
{
    /// <summary>Reads an instant.</summary>
    /// <param name="name">What it is, for the message.</param>
    /// <param name="text">The text.</param>
    /// <returns>Null: the text is missing or empty.</returns>
    /// <exception cref="FormatException">It is no instant.</exception>
    public static DateTimeOffset? Read(string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        JsonElement json = JsonSerializer.SerializeToElement(text);
        return json.TryGetDateTime(out DateTime time) && time.Kind == DateTimeKind.Unspecified
            ? new DateTimeOffset(time, TimeSpan.Zero)
            : json.TryGetDateTimeOffset(out DateTimeOffset instant)
                ? instant
                : throw new FormatException(
                    $"{name} is '{text}'; ISO 8601 is expected, as 2026-11-28T09:30:00Z.");
    }
}
