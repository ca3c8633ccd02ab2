using System.CommandLine;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Models;
using OrleansGallery.Server;

namespace OrleansGallery.Cli;

/// <summary>Options of the commands that use a model without a server.</summary>
internal static class ModelOptions
{
    /// <summary>The folder of models.</summary>
    public static Option<string> Models() => new("--models")
    {
        Description = "The folder of models; only `gallery model import` writes there. Default: that of a service in "
            + "this directory, gallery-data/models.",
        HelpName = "DIR",
        DefaultValueFactory = _ => Path.Combine(new ServerOptions().DataFolder, "models"),
    };

    /// <summary>Which model.</summary>
    /// <param name="otherwise">The model where none is named; null: one must be.</param>
    public static Option<string?> Checkpoint(string? otherwise) => new("--checkpoint")
    {
        Description =
            "The model: default, random (untrained), imagenet-resnet, the id of one of --models, a model's file, or a "
            + "checkpoint that `gallery model import` takes without options."
            + (otherwise is null ? string.Empty : $" Default: {otherwise}."),
        HelpName = "C",
        Required = otherwise is null,
    };

    /// <summary>Where the model runs.</summary>
    public static Option<string> Device() => new("--device")
    {
        Description = "Where the model runs: cpu, cuda, cuda:1, or auto (the first CUDA device where there is one).",
        DefaultValueFactory = _ => "cpu",
    };

    /// <summary>What the model computes with.</summary>
    public static Option<string> Precision()
    {
        Option<string> precision = new("--precision")
        {
            Description = "What a network computes with: float32, float16, bfloat16, or auto (float16 on CUDA, "
                + "bfloat16 where the processor is faster with it). Results of different precisions differ a little.",
            DefaultValueFactory = _ => PrecisionName.Of(ModelPrecision.Float32),
        };
        return precision.AcceptOnlyFromAmong([.. PrecisionName.All]);
    }

    /// <summary>Loads a model, saying which.</summary>
    public static EmbeddingModel Load(
        string models, string checkpoint, string device, string precision, CommandOutput output)
    {
        EmbeddingModel model = new ModelStore(models).Load(
            checkpoint, device, precision: PrecisionName.Find(precision) ?? ModelPrecision.Auto);
        output.Error.WriteLine(
            $"Model {model.Description.Id}: {model.Description.Dimension} dimensions, "
            + $"{model.Description.InputWidth} x {model.Description.InputHeight} pixels, "
            + $"{PrecisionName.Of(model.Precision)}.");
        return model;
    }
}
