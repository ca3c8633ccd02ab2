using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Turns a query into a vector: it is one, or a stored image's, or an identity's centroid, or a
/// file's.</summary>
internal sealed class QueryReader(IGrainFactory grains, ImageEmbedder embedder)
{
    public async Task<VectorBytes> OfAsync(Gallery gallery, SearchRequest search) => search switch
    {
        { Vector: { } vector, ImageId: null, IdentityId: null } => VectorBytes.From(vector),
        { Vector: null, ImageId: { } image, IdentityId: { } identity } =>
            (await grains.IdentityGrain(gallery, identity).GetImageAsync(IdRules.Require("image id", image)))
                .Embedding!.Value,
        { Vector: null, ImageId: null, IdentityId: { } identity } =>
            await grains.IdentityGrain(gallery, identity).RequireCentroidAsync(identity, "to search for"),
        _ => throw new InvalidRequestException(
            "A query is either vector, or imageId with identityId, or identityId (or multipart/form-data with "
            + "'file')."),
    };

    public Task<VectorBytes> OfFileAsync(Gallery gallery, byte[] file, CancellationToken cancellationToken) =>
        embedder.EmbedAsync(gallery, file, EmbeddingPriority.Interactive, cancellationToken);
}
