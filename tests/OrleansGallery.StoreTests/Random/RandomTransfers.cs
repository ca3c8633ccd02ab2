using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>Operations over two identities by chance: merges, moves, renames and splits, and what undoes them.
/// </summary>
/// <param name="random">The source of chance.</param>
/// <param name="ids">The identities that there may be.</param>
public sealed class RandomTransfers(Random random, IReadOnlyList<string> ids)
{
    /// <summary>The next operation.</summary>
    /// <param name="gallery">What there is.</param>
    /// <returns>The operation; null: there is nothing that it could be done with.</returns>
    public ModelTransfer? Next(RandomGallery gallery)
    {
        string[] known = [.. gallery.Identities.Order(StringComparer.Ordinal)];
        if (known.Length < 2)
        {
            return null;
        }

        string source = Pick(known);
        string[] others = [.. known.Where(id => id != source)];
        string[] free = [.. ids.Where(id => !known.Contains(id))];
        StoredImage[] images = [.. gallery.PartitionOf(source).Identities[source].Ordered];
        return random.Next(5) switch
        {
            0 => Transfer(gallery, source, Pick(others), null),
            1 => Transfer(gallery, source, Pick(others), Some(images, images.Length)),
            2 when free.Length > 0 => Transfer(gallery, source, Pick(free), null),
            3 when free.Length > 0 && images.Length > 1 =>
                Transfer(gallery, source, Pick(free), Some(images, images.Length - 1)),
            4 => Undo(gallery),
            _ => null,
        };
    }

    // What was moved last goes back, where it is all there and nothing is in its way.
    private static ModelTransfer? Undo(RandomGallery gallery)
    {
        if (!gallery.Operations.TryPop(out ModelTransfer? done))
        {
            return null;
        }

        (string to, string from) = done.Identities;
        ModelIdentity? holder = gallery.PartitionOf(from).Identities.GetValueOrDefault(from);
        return holder is not null && done.Images.All(image => holder.Images.TryGetValue(
            image.ImageId, out StoredImage? there) && there.ContentHash.AsSpan().SequenceEqual(image.ContentHash))
            ? Transfer(gallery, from, to, [.. done.Images.Select(image => image.ImageId)])
            : null;
    }

    private static ModelTransfer Transfer(RandomGallery gallery, string from, string to, string[]? images) =>
        new(gallery.PartitionOf(from), from, gallery.PartitionOf(to), to, images);

    private string[] Some(StoredImage[] images, int atMost) =>
    [
        .. images.OrderBy(_ => random.Next()).Take(random.Next(1, atMost + 1)).Select(image => image.ImageId),
    ];

    private string Pick(string[] from) => from[random.Next(from.Length)];
}
