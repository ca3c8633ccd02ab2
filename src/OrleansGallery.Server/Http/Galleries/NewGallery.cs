using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Grains;

namespace OrleansGallery.Server;

/// <summary>Fills in what a request for a gallery leaves to the service; the gallery's grain checks the
/// ranges.</summary>
internal static class NewGallery
{
    public const int DefaultPartitions = 64;

    public static async Task<Gallery> OfAsync(CreateGalleryRequest request, EmbeddingRouter router)
    {
        string name = IdRules.Require("gallery name", request.Name);
        ModelSummary? model = string.IsNullOrEmpty(request.Model)
            ? null
            : await router.DescribeAsync(request.Model);
        if (model is not null && request.Dimension is { } dimension && dimension != model.Dimension)
        {
            throw new InvalidRequestException(
                $"dimension is {dimension}, but the model '{model.Id}' gives {model.Dimension}; leave it out.");
        }

        return new Gallery
        {
            Name = name,
            Dimension = request.Dimension ?? model?.Dimension
                ?? throw new InvalidRequestException("Neither dimension nor model is given; one of them is needed."),
            Partitions = request.Partitions ?? DefaultPartitions,
            Settings = request.ToSettings() with
            {
                Model = model?.Id,
                Keep = request.Keep ?? (model is null ? PictureKeep.None : PictureKeep.Thumbnail),
            },
        };
    }
}
