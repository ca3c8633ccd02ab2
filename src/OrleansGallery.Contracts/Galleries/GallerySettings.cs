using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansGallery.Contracts;

/// <summary>
/// What the creator of a gallery chooses, for the gallery's life. This one record is part of the request and of the
/// response, crosses between silos and stands in the store as JSON: a new setting is a property here, and its rule in
/// <see cref="FindFault"/>.
/// </summary>
// Unknown fields are refused: a typo in a request, and in the store a setting of a newer program, which this one would
// not heed.
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public record GallerySettings
{
    /// <summary>The id of the model that embeds images; null: vectors only. A request may say <c>default</c> for the
    /// service's own.</summary>
    public string? Model { get; init; }

    /// <summary>Whether each embedding is L2-normalised before it is stored and summed. Default: false.</summary>
    public bool NormalizeFirst { get; init; }

    /// <summary>The score below which the best match counts as <c>unknown</c>. Default: none.</summary>
    public double? Threshold { get; init; }

    /// <summary>The lead over the second best below which the decision is <c>ambiguous</c>. Default: 0.</summary>
    public double Margin { get; init; }

    /// <summary>What becomes of transparent parts of an image: composed on <c>white</c>, on another colour
    /// (<c>#rrggbb</c>), or shown as if they were opaque (<c>drop</c>). Default: <c>white</c>.</summary>
    public string Transparency { get; init; } = "white";

    /// <summary>What is kept of each image to be looked at: <c>none</c>, a <c>thumbnail</c> (a JPEG of at most 256
    /// pixels a side, without metadata), or the <c>original</c> file too (of at most 3 MiB). Of vectors there is
    /// nothing to keep. Default: <c>thumbnail</c> with a model, else <c>none</c>; null where a gallery is older than
    /// the choice: nothing.</summary>
    public PictureKeep? Keep { get; init; }

    /// <summary>How images are decided about of which nobody says whose they are. Left out where it is null, so that
    /// older programs read on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ObserveSettings? Observe { get; init; }

    /// <summary>Settings as they were stored or sent.</summary>
    /// <param name="json">What <see cref="ToJson"/> gave.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="InvalidDataException">The text is none of ours, or a newer program's.</exception>
    public static GallerySettings FromJson(string json) => FromJson<GallerySettings>(json);

    /// <summary>Settings with what is stored beside them.</summary>
    /// <typeparam name="T">All that there is.</typeparam>
    /// <param name="json">The text.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="InvalidDataException">The text is none of ours, or a newer program's.</exception>
    public static T FromJson<T>(string json)
        where T : GallerySettings
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, GalleryJson.Options)
                ?? throw new JsonException("It is null.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"This program cannot read the gallery settings {json} ({exception.Message}). Use the program that "
                + "created the gallery, or a newer one.",
                exception);
        }
    }

    /// <summary>These settings alone, without what a request or a response adds.</summary>
    /// <returns>JSON.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, GalleryJson.Options);

    /// <summary>These settings alone, without what a request or a response adds.</summary>
    /// <returns>A record of exactly this type.</returns>
    public GallerySettings ToSettings() => new(this);

    /// <summary>The first rule that these settings break.</summary>
    /// <returns>The fact and the value; null: none is broken.</returns>
    public string? FindFault() =>
        Threshold is { } threshold && !(Math.Abs(threshold) <= 1)
            ? string.Create(CultureInfo.InvariantCulture, $"The threshold is {threshold}; a score is -1 to 1.")
        : !(Margin is >= 0 and <= 2)
            ? string.Create(CultureInfo.InvariantCulture, $"The margin is {Margin}; it must be 0 to 2.")
        : !IsTransparency(Transparency)
            ? $"The transparency is '{Transparency}'; it must be white, drop or a colour as #rrggbb."
        : Model is null && Keep is not (null or PictureKeep.None)
            ? $"keep is {JsonNamingPolicy.CamelCase.ConvertName($"{Keep}")}, but a gallery without a model takes "
                + "vectors, of which there is nothing to keep; name a model, or leave keep out."
        : Observe?.FindFault();

    private static bool IsTransparency(string? text) =>
        string.Equals(text, "white", StringComparison.OrdinalIgnoreCase)
        || string.Equals(text, "drop", StringComparison.OrdinalIgnoreCase)
        || (text is { Length: 7 } && text[0] == '#' && text[1..].All(char.IsAsciiHexDigit));
}
