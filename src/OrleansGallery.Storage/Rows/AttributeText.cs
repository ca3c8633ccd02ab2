using System.Text.Encodings.Web;
using System.Text.Json;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Storage;

/// <summary>An identity's attributes as their column has them: an object of JSON, or nothing.</summary>
internal static class AttributeText
{
    // The text is JSON and nothing else: a letter takes its own bytes, not six.
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The column's value.</summary>
    /// <param name="attributes">The attributes; null: they are to stay as they are.</param>
    public static string? Of(AttributeSet? attributes) => attributes is null
        ? null
        : JsonSerializer.Serialize(attributes.ToDictionary(), Plain);

    /// <summary>The attributes.</summary>
    /// <param name="text">The column's value.</param>
    public static AttributeSet Read(string? text) => text is null or "{}"
        ? AttributeSet.Empty
        : AttributeSet.Of(JsonSerializer.Deserialize<Dictionary<string, string>>(text)!);
}
