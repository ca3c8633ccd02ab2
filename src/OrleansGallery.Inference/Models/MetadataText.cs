using System.Globalization;
using OrleansGallery.Inference.Checkpoints;

namespace OrleansGallery.Inference.Models;

/// <summary>Values of a model's string metadata, each checked.</summary>
internal sealed class MetadataText(SafetensorsFile file)
{
    public string? Text(string key) => file.Metadata.GetValueOrDefault(key);

    /// <summary>A whole number.</summary>
    public int Number(string key, int? otherwise, int least, int most)
    {
        string? text = Text(key);
        if (text is null && otherwise is { } value)
        {
            return value;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int parsed)
            && parsed >= least && parsed <= most
                ? parsed
                : throw new CheckpointException(
                    file.Path, $"its metadata '{key}' is '{text}', not a number from {least} to {most}.");
    }

    public bool? Flag(string key) => Text(key) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        string other => throw new CheckpointException(
            file.Path, $"its metadata '{key}' is '{other}', neither true nor false."),
    };

    /// <summary>Three numbers, one a channel.</summary>
    public IReadOnlyList<float> Triple(string key, IReadOnlyList<float> otherwise)
    {
        if (Text(key) is not { } text)
        {
            return otherwise;
        }

        float[] values = [.. text.Split(',').Select(part =>
            float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out float value)
                ? value
                : float.NaN)];
        bool fits = values.Length == 3 && values.All(float.IsFinite) && (key != "std" || values.All(v => v > 0));
        return fits
            ? values
            : throw new CheckpointException(file.Path, $"its metadata '{key}' is '{text}', not three numbers.");
    }

    /// <summary>One of a few words, which are the names of an enumeration's members in lower case.</summary>
    public T Choice<T>(string key, T otherwise)
        where T : struct, Enum
    {
        string? text = Text(key);
        T[] all = Enum.GetValues<T>();
        int place = Array.FindIndex(all, value => Word(value) == text);
        return text is null ? otherwise
            : place >= 0 ? all[place]
            : throw new CheckpointException(
                file.Path, $"its metadata '{key}' is '{text}', none of {string.Join(", ", all.Select(Word))}.");
    }

    /// <summary>A member as it is written.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>Numbers as they are written.</summary>
    public static string Join(IReadOnlyList<float> values) =>
        string.Join(',', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
}
