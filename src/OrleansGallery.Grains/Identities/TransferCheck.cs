using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>What stands against a transfer; each refusal names what is in the way, and nothing was moved.</summary>
internal static class TransferCheck
{
    // So many rows the store rewrites in a statement's time, at 2,048 dimensions too.
    private const int MaxImages = 50_000;

    // How many images an error names.
    private const int NamedImages = 10;

    /// <summary>Refuses what cannot be done.</summary>
    /// <param name="source">The identity that gives.</param>
    /// <param name="target">The identity that gets.</param>
    /// <param name="order">What is asked for.</param>
    /// <exception cref="GalleryException">It cannot be done.</exception>
    public static void Require(IdentityState source, IdentityState target, TransferOrder order)
    {
        RequireIdentities(source, target, order.Request.Target);
        if (order.Request.ImageIds is { } imageIds)
        {
            RequireImages(source, imageIds);
            RequireContent(source, order);
        }

        RequireRoom(source, target, order.Request);
    }

    private static void RequireIdentities(IdentityState source, IdentityState target, TransferTarget kind)
    {
        if (source.Centroid.Count == 0 || (target.Centroid.Count == 0 && kind == TransferTarget.Existing))
        {
            string missing = source.Centroid.Count == 0 ? source.IdentityId : target.IdentityId;
            throw new IdentityNotFoundException($"There is no identity '{missing}'.");
        }

        if (target.Centroid.Count > 0 && kind == TransferTarget.New)
        {
            throw new IdentityExistsException(
                $"There is an identity '{target.IdentityId}' already, with {target.Centroid.Count} images.");
        }
    }

    private static void RequireImages(IdentityState source, IReadOnlyList<string> imageIds)
    {
        if (imageIds.Count == 0)
        {
            throw new InvalidRequestException("No image is named.");
        }

        if (imageIds.GroupBy(id => id, StringComparer.Ordinal).FirstOrDefault(same => same.Skip(1).Any()) is { } twice)
        {
            throw new InvalidRequestException($"Image '{twice.Key}' is named twice.");
        }

        if (imageIds.Where(id => !source.Images.ContainsKey(id)).ToArray() is [_, ..] unknown)
        {
            throw new ImageNotFoundException(
                $"Identity '{source.IdentityId}' has no image {Name(unknown)}; nothing was moved.");
        }
    }

    // An id alone does not make it the image that was moved: it may have been removed, and another enrolled.
    private static void RequireContent(IdentityState source, TransferOrder order)
    {
        string[] changed =
        [
            .. order.Undone.Where(image => image.ContentHash is { } content
                && !content.AsSpan().SequenceEqual(source.Images[image.ImageId].ContentHash))
                .Select(image => image.ImageId),
        ];
        if (changed.Length > 0)
        {
            throw new ImageChangedException(
                $"Identity '{source.IdentityId}' has other content by now as image {Name(changed)} than operation "
                + $"'{order.UndoneId}' gave it; nothing was moved.");
        }
    }

    private static void RequireRoom(IdentityState source, IdentityState target, TransferRequest request)
    {
        int count = request.ImageIds?.Count ?? source.Images.Count;
        if (count > MaxImages)
        {
            throw new InvalidRequestException(
                $"{count} images of identity '{source.IdentityId}' were to move; at most {MaxImages} may in one step: "
                + "move them in parts.");
        }

        if (request.IsSplit && count == source.Images.Count)
        {
            throw new InvalidRequestException(
                $"All {count} images of identity '{source.IdentityId}' are named; a split leaves some. To give the "
                + "identity another id, rename it.");
        }

        if ((request.ImageIds ?? source.Images.Keys).Where(target.Images.ContainsKey).ToArray() is [_, ..] there)
        {
            throw new ImageExistsException(
                $"Identity '{target.IdentityId}' has an image {Name(there)} already; nothing was moved.");
        }
    }

    private static string Name(string[] ids) =>
        string.Join(", ", ids.Order(IdOrder.Instance).Take(NamedImages).Select(id => $"'{id}'"))
        + (ids.Length > NamedImages ? $" and {ids.Length - NamedImages} more" : string.Empty);
}
