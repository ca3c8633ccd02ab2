using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>What a transfer would make of both identities: the moved sum is taken from one and added to the other,
/// exactly.</summary>
internal sealed class TransferPlan
{
    // How many embeddings are read at a time.
    private const int ReadsAtOnce = 16;

    private TransferPlan(IdentityState source, IdentityState target, TransferOrder order, IdentityCentroid moved,
        IReadOnlyList<string>? imageIds)
    {
        string[] touched = [.. moved.Facets.Select(facet => facet.Facet)];
        (IdentityCentroid left, IdentityCentroid merged) = (source.Centroid.Clone(), target.Centroid.Clone());
        left.Subtract(moved);
        merged.Merge(moved);
        ImageIds = imageIds;
        ImagesMoved = moved.Count;
        Attributes = new AttributeTransfer(source, target, order, sourceEnds: left.Count == 0);
        SourceChange = IdentitySums.ToChange(
            source.IdentityId, source.Version, left, touched, source.Attributes, Attributes.Source);
        TargetChange = IdentitySums.ToChange(
            target.IdentityId, target.Version, merged, touched, target.Attributes, Attributes.Target);
        Source = source.ToSide(left);
        Target = target.ToSide(merged);
    }

    /// <summary>Which images; null: all.</summary>
    public IReadOnlyList<string>? ImageIds { get; }

    /// <summary>How many.</summary>
    public long ImagesMoved { get; }

    /// <summary>What becomes of both identities' attributes.</summary>
    public AttributeTransfer Attributes { get; }

    /// <summary>What becomes of the identity that gives.</summary>
    public IdentityChange SourceChange { get; }

    /// <summary>What becomes of the identity that gets.</summary>
    public IdentityChange TargetChange { get; }

    /// <summary>The identity that gives; its version afterwards is not known yet.</summary>
    public OperationSide Source { get; }

    /// <summary>The identity that gets; likewise.</summary>
    public OperationSide Target { get; }

    /// <summary>Plans a transfer.</summary>
    /// <param name="source">The identity that gives.</param>
    /// <param name="target">The identity that gets.</param>
    /// <param name="order">What is asked for.</param>
    /// <param name="readEmbedding">Reads an embedding of the source.</param>
    /// <exception cref="GalleryException">It cannot be done; the message names what is in the way.</exception>
    public static async Task<TransferPlan> MakeAsync(IdentityState source, IdentityState target,
        TransferOrder order, Func<string, Task<VectorBytes>> readEmbedding)
    {
        TransferCheck.Require(source, target, order);
        IReadOnlyList<string>? imageIds = order.Request.ImageIds;
        if (imageIds is null || imageIds.Count == source.Images.Count)
        {
            return Make(source, target, order, source.Centroid, null);
        }

        IdentityCentroid moved = new(source.Dimension);
        foreach (IGrouping<string, string> facet in imageIds.GroupBy(id => source.Images[id].Facet))
        {
            await AddAsync(moved, source, facet, readEmbedding);
        }

        return Make(source, target, order, moved, imageIds);
    }

    // Of a facet that moves with all its images the sum is there.
    private static async Task AddAsync(IdentityCentroid moved, IdentityState source, IGrouping<string, string> facet,
        Func<string, Task<VectorBytes>> readEmbedding)
    {
        string[] ids = [.. facet];
        if (source.Centroid.Find(facet.Key) is { } sum && sum.Count == ids.Length)
        {
            moved.Merge(IdentityCentroid.FromFacets(
                source.Dimension, [KeyValuePair.Create(facet.Key, sum.Clone())]));
            return;
        }

        foreach (string[] some in ids.Chunk(ReadsAtOnce))
        {
            foreach (VectorBytes embedding in await Task.WhenAll(some.Select(readEmbedding)))
            {
                moved.Add(facet.Key, embedding.Components);
            }
        }
    }

    private static TransferPlan Make(IdentityState source, IdentityState target, TransferOrder order,
        IdentityCentroid moved, IReadOnlyList<string>? imageIds)
    {
        try
        {
            return new TransferPlan(source, target, order, moved, imageIds);
        }
        catch (EmbeddingException exception)
        {
            throw new InvalidRequestException(
                $"Identity '{target.IdentityId}' cannot get these images: {exception.Message}");
        }
    }
}
