using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Checks a request for a gallery and fills in what it leaves to the service.</summary>
internal static class NewGallery
{
    public const int DefaultPartitions = 64;
    public const int MaxPartitions = 4_096;
    public const int MaxDimension = 16_384;

    public static async Task<GallerySettings> SettingsOfAsync(CreateGalleryRequest request, IGrainFactory grains)
    {
        string name = IdRules.Require("gallery name", request.Name);
        int partitions = request.Partitions ?? DefaultPartitions;
        Require(partitions is >= 1 and <= MaxPartitions, $"partitions is {partitions}; 1 to {MaxPartitions} are possible.");
        Require(
            request.Dimension is null or (>= 1 and <= MaxDimension),
            $"dimension is {request.Dimension}; 1 to {MaxDimension} are possible.");
        Require(request.Margin is >= 0 and <= 2, $"margin is {request.Margin}; 0 to 2 are possible.");
        Require(
            request.Threshold is null or (>= -1 and <= 1), $"threshold is {request.Threshold}; -1 to 1 are possible.");
        ModelSummary? model = string.IsNullOrEmpty(request.Model)
            ? null
            : await grains.GetGrain<IEmbedderGrain>(request.Model).DescribeAsync();
        Require(
            model is null || request.Dimension is null || request.Dimension == model.Dimension,
            $"dimension is {request.Dimension}, but the model '{model?.Id}' gives {model?.Dimension}; leave it out.");
        return new GallerySettings
        {
            Name = name,
            Dimension = request.Dimension ?? model?.Dimension
                ?? throw new InvalidRequestException("Neither dimension nor model is given; one of them is needed."),
            Partitions = partitions,
            Model = model?.Id,
            NormalizeFirst = request.NormalizeFirst,
            Threshold = request.Threshold,
            Margin = request.Margin,
        };
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new InvalidRequestException(message);
        }
    }
}
