using System.Security.Cryptography;
using System.Text;

namespace OrleansGallery.Offline;

/// <summary>What a conversion will make, known from the annotations before any image is opened.</summary>
internal sealed record ConversionPlan
{
    /// <summary>The data set and how it is converted, for example "deepfashion, 320 x 320".</summary>
    public required string What { get; init; }

    /// <summary>The images' width in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Their height in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>The images, by identity.</summary>
    public required IReadOnlyList<PlannedImage> Images { get; init; }

    /// <summary>What the download holds.</summary>
    public required IReadOnlyList<DataSetCount> Counts { get; init; }

    /// <summary>What the user should know, a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Refuses a plan that cannot be carried out.</summary>
    /// <returns>The plan itself.</returns>
    /// <exception cref="InvalidDataException">A part is empty, or two images would be one file.</exception>
    public ConversionPlan Check()
    {
        foreach (ConvertedPart part in ConvertedParts.All)
        {
            if (Images.All(image => image.Part != part))
            {
                throw new InvalidDataException(
                    $"The annotations have no {part.Word()} image: train, query and gallery "
                    + "must have one at least.");
            }
        }

        HashSet<(ConvertedPart, string)> names = [];
        return Images.FirstOrDefault(image => !names.Add((image.Part, image.Name))) is { } second
            ? throw new InvalidDataException(
                $"Two images would be written as '{second.Name}'; '{second.Label}' is one.")
            : this;
    }

    /// <summary>A hash of what will be made; it does not depend on where the download is.</summary>
    public string Hash()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(What));
        foreach (PlannedImage image in Images)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(
                FormattableString.Invariant($"\n{image.Part} {image.Pair} {image.Box} {image.Name}")));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
