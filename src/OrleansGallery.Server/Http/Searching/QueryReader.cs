using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Imaging;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Server;

/// <summary>Turns examples into a vector: one is a vector, a stored image's, an identity's centroid or a file's;
/// several are their mean.</summary>
internal sealed class QueryReader(IGrainFactory grains, ImageEmbedder embedder)
{
    public async Task<VectorBytes> OfAsync(Gallery gallery, QueryExamples examples, CancellationToken aborted)
    {
        VectorBytes[][] vectors = await Task.WhenAll(
            OfAllAsync(gallery, examples.Positives, "positives", aborted),
            OfAllAsync(gallery, examples.Negatives, "negatives", aborted));
        (VectorBytes[] positives, VectorBytes[] negatives) = (vectors[0], vectors[1]);
        if (examples.IsOne)
        {
            return positives[0];
        }

        try
        {
            float[]? query = QueryMean.Combine(
                Array.ConvertAll(positives, vector => vector.Components.ToArray()),
                Array.ConvertAll(negatives, vector => vector.Components.ToArray()),
                examples.NegativeWeight);
            return query is not null
                ? VectorBytes.From(query)
                : throw new InvalidEmbeddingException(
                    "The examples cancel to a zero sum, which has no direction to search for.");
        }
        catch (EmbeddingException exception)
        {
            throw new InvalidEmbeddingException(exception.Message);
        }
    }

    private Task<VectorBytes[]> OfAllAsync(
        Gallery gallery, IReadOnlyList<QueryExample> examples, string field, CancellationToken aborted) =>
        Task.WhenAll(examples.Select(async (example, i) =>
        {
            VectorBytes vector;
            try
            {
                vector = await OfAsync(gallery, example, aborted).WaitAsync(aborted);
            }
            catch (ImageException exception) when (examples.Count > 1)
            {
                throw new ImageException(exception.Fault, $"{field}[{i}]: {exception.Message}", exception);
            }

            return vector.Dimension == gallery.Dimension ? vector : throw new InvalidEmbeddingException(
                $"{(examples.Count > 1 ? $"{field}[{i}]" : "The query")} has {vector.Dimension} components; the "
                + $"gallery's dimension is {gallery.Dimension}.");
        }));

    private async Task<VectorBytes> OfAsync(Gallery gallery, QueryExample example, CancellationToken aborted) =>
        example switch
        {
            { Image: { } file } =>
                (await embedder.EmbedAsync(gallery, file, thumbnail: false, EmbeddingPriority.Interactive, aborted))
                    .Embedding,
            { Vector: { } vector } => VectorBytes.From(vector),
            { ImageId: { } image, IdentityId: { } identity } =>
                (await grains.IdentityGrain(gallery, identity).GetImageAsync(IdRules.Require("image id", image)))
                    .Embedding!.Value,
            _ => await grains.IdentityGrain(gallery, example.IdentityId!)
                .RequireCentroidAsync(example.IdentityId!, "to search for"),
        };
}
