using System.Globalization;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>An erasure's receipt as one reads it.</summary>
internal static class ErasureText
{
    public static IEnumerable<(string Name, string? Value)> FieldsOf(ErasureResponse receipt)
    {
        yield return ("operation", receipt.OperationId);
        yield return ("identity", receipt.Identity.Identity);
        if (receipt.ImageId is { } image)
        {
            yield return ("image", image);
        }

        yield return ("images erased", Figures.Count(receipt.ImagesErased));
        yield return ("contents hash", receipt.ContentsHash);
        yield return ("version before", receipt.Identity.Before.Version.ToString(CultureInfo.InvariantCulture));
        yield return ("hash before", receipt.Identity.Before.Hash);
        yield return ("version after", receipt.Identity.After.Version.ToString(CultureInfo.InvariantCulture));
        yield return ("hash after", receipt.Identity.After.Hash);
        yield return ("erased at", TimeOf(receipt.ErasedAt));
        yield return ("refused until", receipt.RefusedUntil is { } until ? TimeOf(until) : "not refused");
    }

    private static string TimeOf(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
