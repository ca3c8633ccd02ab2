using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>Parts an identity's images into two groups.</summary>
internal static class SplitPlan
{
    /// <summary>One at a time in a process: each takes a core for a while, and an identity's embeddings.</summary>
    public static Turnstile Turns { get; } = new("proposals how to split an identity");

    /// <summary>Refuses what cannot be parted, before its images are read.</summary>
    /// <exception cref="InvalidRequestException">It has too few images, or too many.</exception>
    public static void Require(string identityId, long count)
    {
        if (count == 1)
        {
            throw new InvalidRequestException($"Identity '{identityId}' has one image: there is nothing to part.");
        }

        if (count > SplitProposal.MaxImages)
        {
            throw new InvalidRequestException(
                $"Identity '{identityId}' has {count} images; at most {SplitProposal.MaxImages} can be parted.");
        }
    }

    /// <summary>Parts the images.</summary>
    /// <exception cref="InvalidRequestException">All have the same direction.</exception>
    public static async Task<SplitProposal> MakeAsync(
        string identityId, long version, IReadOnlyList<StoredImage> images) =>
        await Task.Run(() => Make(version, images)) ?? throw new InvalidRequestException(
            $"The {images.Count} images of identity '{identityId}' all have the same direction: there is nothing to "
            + "part.");

    private static SplitProposal? Make(long version, IReadOnlyList<StoredImage> images)
    {
        float[][] embeddings = [.. images.Select(image => new VectorBytes(image.Embedding!).Components.ToArray())];
        if (TwoMeans.Part(embeddings) is not { } groups)
        {
            return null;
        }

        // As the identities of these images would have them: of the embeddings as they are, not of their directions.
        (float[]? larger, float[]? smaller) =
            (TwoMeans.CentroidOf(embeddings, groups.Larger), TwoMeans.CentroidOf(embeddings, groups.Smaller));
        return new SplitProposal
        {
            Version = version,
            Larger = ToGroup(images, embeddings, groups.Larger, larger),
            Smaller = ToGroup(images, embeddings, groups.Smaller, smaller),
            Separation = larger is null || smaller is null
                ? null : ShownRange.Distance(1 - CanonicalScore.Score(larger, smaller)),
        };
    }

    private static SplitGroup ToGroup(
        IReadOnlyList<StoredImage> images, float[][] embeddings, IReadOnlyList<int> group, float[]? centroid) => new()
    {
        ImageIds = [.. group.Select(i => images[i].ImageId)],
        Dispersion = centroid is null
            ? null
            : Dispersion.Of(group.Select(i => embeddings[i]), centroid),
    };
}
