using System.Text.Json;

namespace OrleansGallery.Offline;

/// <summary>The COCO-like list that <see cref="CocoLayout"/> reads.</summary>
internal static class PairsJson
{
    /// <returns>The file; the same images in the same order give the same bytes.</returns>
    public static byte[] Of(IEnumerable<PlannedImage> images)
    {
        PlannedImage[] all = [.. images];
        using MemoryStream file = new();
        using (Utf8JsonWriter writer = new(file))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("images");
            foreach ((int id, PlannedImage image) in all.Index())
            {
                writer.WriteStartObject();
                writer.WriteNumber("id", id);
                writer.WriteString("file_name", image.Name);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartArray("annotations");
            foreach ((int id, PlannedImage image) in all.Index())
            {
                writer.WriteStartObject();
                writer.WriteNumber("id", id);
                writer.WriteNumber("image_id", id);
                writer.WriteNumber("pair_id", image.Pair);
                writer.WriteString("source", image.IsShop ? "shop" : "user");
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return file.ToArray();
    }
}
