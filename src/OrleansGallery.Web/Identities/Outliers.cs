using OrleansGallery.Contracts;

namespace OrleansGallery.Web;

/// <summary>Which images of an identity are unlike its others.</summary>
internal static class Outliers
{
    /// <summary>How many times as far as the median image an outlier is.</summary>
    public const int Times = 3;

    // Below this, images are as good as equal, whatever is the multiple of what.
    private const double Least = 0.05;
    private const int FewestImages = 3;

    /// <summary>Finds them by the distance (1 - score, 0 to 2) of each image and the centroid of the others.</summary>
    /// <param name="images">A page of an identity's images: where there are more, their median stands for all.</param>
    /// <returns>The ids.</returns>
    public static IReadOnlySet<string> Of(IReadOnlyList<ImageInsightResponse> images)
    {
        (string Id, double Distance)[] known =
        [
            .. images.Where(image => image.ScoreWithout is not null)
                .Select(image => (image.ImageId, 1 - image.ScoreWithout!.Value)).OrderBy(image => image.Item2),
        ];
        if (known.Length < FewestImages)
        {
            return new HashSet<string>();
        }

        double median = (known[(known.Length - 1) / 2].Distance + known[known.Length / 2].Distance) / 2;
        return known.Where(image => image.Distance > Math.Max(Times * median, Least)).Select(image => image.Id)
            .ToHashSet(StringComparer.Ordinal);
    }
}
