using System.Globalization;
using OrleansGallery.Inference;
using OrleansGallery.Inference.ImageNet;
using OrleansGallery.Inference.Networks;

namespace OrleansGallery.Training;

/// <summary>The trained network as a model's file, ready to serve.</summary>
internal static class ModelExport
{
    public static void Save(
        string path,
        EmbeddingNetwork network,
        TrainingOptions options,
        RunPosition position,
        IViewSource source,
        EvaluationRecord? evaluation) => EmbeddingModel.Save(path, options.Name, network, new ModelDescription
        {
            Id = options.Name,
            Architecture = network.Shape.Name,
            Dimension = network.Shape.Dimension,
            InputHeight = options.Network.Height,
            InputWidth = options.Network.Width,
            Mean = options.Network.Mean,
            Std = options.Network.Std,
            Fit = options.Network.PictureFit,
            Provenance = Sentence(options, position, source, evaluation),
            Sha256 = string.Empty,
        });

    private static string Sentence(
        TrainingOptions options, RunPosition position, IViewSource source, EvaluationRecord? evaluation)
    {
        string start = options.Network.InitialCheckpoint is { } checkpoint
            ? $"from '{Path.GetFileName(checkpoint)}'"
            : "from seeded random weights";
        string trained = string.Create(
            CultureInfo.InvariantCulture,
            $"Trained {start} for {position.Steps} steps of {options.Sampler.Identities} x {options.Sampler.Images} "
            + $"images on {source.Identities.Count} identities with {source.ImageCount} images, seed {options.Seed}.");
        string judged = evaluation is null ? string.Empty : string.Create(
            CultureInfo.InvariantCulture,
            $" On {evaluation.Identities} unseen identities: rank-1 {evaluation.CentroidRank1:0.000} by centroids, "
            + $"{evaluation.InstanceRank1:0.000} by single images.");
        string notice = options.Network.InitialCheckpoint == ImageNetWeights.Name ? $" {ImageNetWeights.Notice}" : "";
        return $"{options.Provenance}{notice} {trained}{judged}".Trim();
    }
}
