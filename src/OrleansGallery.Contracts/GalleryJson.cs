using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>How every body and line of the HTTP API is written and read.</summary>
public static class GalleryJson
{
    /// <summary>camelCase names, enumerations as lower-case strings; unknown fields are ignored, but
    /// where a type refuses them, and a field or key that is there twice is refused.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Applies the same rules to options that somebody else owns.</summary>
    /// <param name="options">The options to change.</param>
    public static void Configure(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.AllowDuplicateProperties = false;
        options.MaxDepth = 16;
        // These texts are JSON and nothing else: ids and messages stay readable.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new InstantConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }

    private static JsonSerializerOptions Create()
    {
        JsonSerializerOptions options = new();
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
