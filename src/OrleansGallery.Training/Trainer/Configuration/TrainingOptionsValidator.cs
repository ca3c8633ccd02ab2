using OrleansGallery.Drawing;
using OrleansGallery.Inference.Networks;

namespace OrleansGallery.Training;

/// <summary>Finds everything that is wrong with training options at once.</summary>
internal static class TrainingOptionsValidator
{
    private const int MaxSide = 4096;

    /// <summary>Checks options.</summary>
    /// <returns>One sentence per error; empty where there is none.</returns>
    public static IReadOnlyList<string> Validate(TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> errors = [];
        Check(errors, options.Name.Length > 0 && options.Name.IndexOfAny(['/', '\\']) < 0, "name", options.Name,
            "a name without slashes");
        Check(errors, options.Epochs is > 0 and <= 1_000_000, "epochs", options.Epochs, "1 to 1,000,000");
        CheckNetwork(options.Network, errors);
        CheckData(options.Data, errors);
        CheckBatches(options, errors);
        CheckLoss(options.Loss, errors);
        CheckOptimization(options, errors);
        CheckRuntime(options, errors);
        return errors;
    }

    private static void CheckNetwork(NetworkOptions network, List<string> errors)
    {
        Check(errors, Architectures.Find(network.Architecture) is not null, "network.architecture",
            network.Architecture,
            $"one of {string.Join(", ", Architectures.All.Select(shape => shape.Name))}");
        Check(errors, network.LastStride is null or 1 or 2, "network.lastStride", network.LastStride, "1 or 2");
        Check(errors, network.Height is >= 8 and <= MaxSide, "network.height", network.Height, $"8 to {MaxSide}");
        Check(errors, network.Width is >= 8 and <= MaxSide, "network.width", network.Width, $"8 to {MaxSide}");
        Check(errors, network.Mean.Count == 3 && network.Mean.All(float.IsFinite), "network.mean",
            string.Join(", ", network.Mean), "three numbers");
        Check(errors, network.Std.Count == 3 && network.Std.All(v => float.IsFinite(v) && v > 0), "network.std",
            string.Join(", ", network.Std), "three numbers above 0");
        Check(errors, network.ShorterSide is null
            || (network.ShorterSide >= Math.Min(network.Height, network.Width) && network.ShorterSide <= 4096),
            "network.shorterSide", network.ShorterSide ?? 0, "the input's shorter side to 4,096");
        Check(errors, network.AverageDecay is >= 0 and < 1, "network.averageDecay", network.AverageDecay,
            "0 to below 1");
    }

    private static void CheckData(DataOptions data, List<string> errors)
    {
        Check(errors, data.Path.Length > 0 || data.Source is DataSourceKind.Catalogue or DataSourceKind.Photographs,
            "data.path", data.Path,
            "the data set's place");
        Check(errors, data.TrainJson.Length > 0 || data.Source != DataSourceKind.Coco, "data.trainJson", data.TrainJson,
            "the train file's path");
        Check(errors, data.Products is > 1 and <= CatalogueOptions.MaxProducts, "data.products", data.Products,
            "2 to 100,000");
        Check(errors, data.TestProducts is > 0 and <= CatalogueOptions.MaxProducts, "data.testProducts",
            data.TestProducts, "1 to 100,000");
        Check(errors, data.Views is > 1 and <= CatalogueOptions.MaxViewsPerProduct, "data.views", data.Views,
            "2 to 10,000");
        Check(errors, data.ImageSide is 0 or (>= CatalogueOptions.MinSide and <= CatalogueOptions.MaxSide),
            "data.imageSide", data.ImageSide, "64 to 2,048, or 0 for the network's input");
        Share(errors, "data.familyShare", data.FamilyShare ?? 0);
        PhotographOptions photographs = data.Photographs;
        Check(errors, data.Source != DataSourceKind.Photographs
            || photographs.Folders.Count + photographs.CutoutFolders.Count > 0,
            "data.photographs.folders", "empty", "a folder at least");
        Check(errors, photographs.CropSide is >= 16 and <= 1024, "data.photographs.cropSide", photographs.CropSide,
            "16 to 1,024");
        Check(errors, photographs.CropsPerPhotograph > 0, "data.photographs.cropsPerPhotograph",
            photographs.CropsPerPhotograph, "1 or more");
        Share(errors, "data.photographs.cutoutShare", photographs.CutoutShare);
        Check(errors, photographs.CatalogueShare is >= 0 and < 1, "data.photographs.catalogueShare",
            photographs.CatalogueShare, "0 to below 1");
        Check(errors, photographs.TestEvery >= 0, "data.photographs.testEvery", photographs.TestEvery, "0 or more");
        Check(errors, data.HeldOutIdentities >= 0, "data.heldOutIdentities", data.HeldOutIdentities, "0 or more");
        Check(errors, data.GalleryImages > 0, "data.galleryImages", data.GalleryImages, "1 or more");
        Check(errors, data.CacheMegabytes is >= 0 and <= 1_000_000, "data.cacheMegabytes", data.CacheMegabytes,
            "0 to 1,000,000");
    }

    private static void CheckBatches(TrainingOptions options, List<string> errors)
    {
        SamplerOptions sampler = options.Sampler;
        Check(errors, sampler.Identities is >= 2 and <= 4096, "sampler.identities", sampler.Identities, "2 to 4,096");
        Check(errors, sampler.Images is >= 2 and <= 256, "sampler.images", sampler.Images, "2 to 256");
        Check(errors, sampler.StepsPerEpoch >= 0, "sampler.stepsPerEpoch", sampler.StepsPerEpoch, "0 or more");
        bool shared = options.Data.FamilyShare is not null || options.Data.Photographs.CatalogueShare > 0;
        Check(errors, sampler.StepsPerEpoch != 0 || !shared, "sampler.stepsPerEpoch", sampler.StepsPerEpoch,
            "1 or more with data.familyShare or data.photographs.catalogueShare, since an epoch without a number of "
            + "steps takes every identity once");
        AugmentationOptions augmentation = options.Augmentation;
        Share(errors, "augmentation.flipProbability", augmentation.FlipProbability);
        Check(errors, augmentation.Padding is >= 0 and <= 512, "augmentation.padding", augmentation.Padding,
            "0 to 512");
        Check(errors, augmentation.PaddingLevel is >= 0 and <= 255, "augmentation.paddingLevel",
            augmentation.PaddingLevel, "0 to 255");
        Share(errors, "augmentation.erasingProbability", augmentation.ErasingProbability);
        Share(errors, "augmentation.erasingMinArea", augmentation.ErasingMinArea);
        Check(errors, augmentation.ErasingMaxArea >= augmentation.ErasingMinArea && augmentation.ErasingMaxArea <= 1,
            "augmentation.erasingMaxArea", augmentation.ErasingMaxArea, "from erasingMinArea to 1");
        Check(errors, augmentation.ErasingAspect is > 0 and <= 1, "augmentation.erasingAspect",
            augmentation.ErasingAspect,
            "above 0, at most 1");
    }

    private static void CheckLoss(LossOptions loss, List<string> errors)
    {
        Check(errors, loss.CrossEntropyWeight >= 0, "loss.crossEntropyWeight", loss.CrossEntropyWeight, "0 or more");
        Check(errors, loss.TripletWeight >= 0, "loss.tripletWeight", loss.TripletWeight, "0 or more");
        Check(errors, loss.CentroidTripletWeight >= 0, "loss.centroidTripletWeight", loss.CentroidTripletWeight,
            "0 or more");
        Check(errors, loss.CenterWeight >= 0, "loss.centerWeight", loss.CenterWeight, "0 or more");
        Check(errors, loss.CentroidCrossEntropyWeight >= 0, "loss.centroidCrossEntropyWeight",
            loss.CentroidCrossEntropyWeight, "0 or more");
        Check(errors, loss.CentroidCrossEntropyWeight == 0 || loss.CrossEntropyWeight == 0,
            "loss.centroidCrossEntropyWeight", loss.CentroidCrossEntropyWeight, "0 where crossEntropyWeight is not");
        Check(errors, loss.Temperature > 0, "loss.temperature", loss.Temperature, "above 0");
        Check(errors, loss.CrossEntropyWeight + loss.TripletWeight + loss.CentroidTripletWeight
            + loss.CentroidCrossEntropyWeight > 0, "loss",
            "all weights 0",
            "with a weight above 0 among cross-entropy and triplet losses");
        Check(errors, loss.Margin > 0, "loss.margin", loss.Margin, "above 0");
        Check(errors, loss.LabelSmoothing is >= 0 and < 1, "loss.labelSmoothing", loss.LabelSmoothing, "0 to below 1");
    }

    private static void CheckOptimization(TrainingOptions options, List<string> errors)
    {
        OptimizationOptions optimization = options.Optimization;
        Check(errors, optimization.LearningRate > 0, "optimization.learningRate", optimization.LearningRate, "above 0");
        Check(errors, optimization.WeightDecay >= 0, "optimization.weightDecay", optimization.WeightDecay, "0 or more");
        Check(errors, optimization.Beta1 is >= 0 and < 1, "optimization.beta1", optimization.Beta1, "0 to below 1");
        Check(errors, optimization.Beta2 is >= 0 and < 1, "optimization.beta2", optimization.Beta2, "0 to below 1");
        Check(errors, optimization.CenterLearningRate >= 0, "optimization.centerLearningRate",
            optimization.CenterLearningRate, "0 or more");
        ScheduleOptions schedule = options.Schedule;
        Check(errors, schedule.WarmUpEpochs >= 0, "schedule.warmUpEpochs", schedule.WarmUpEpochs, "0 or more");
        Check(errors, schedule.WarmUpSteps >= 0 && (schedule.WarmUpSteps == 0 || schedule.WarmUpEpochs == 0),
            "schedule.warmUpSteps", schedule.WarmUpSteps, "0 or more, and 0 unless warmUpEpochs is 0");
        Check(errors, schedule.Milestones.All(m => m >= 0), "schedule.milestones",
            string.Join(", ", schedule.Milestones), "epochs from 0");
        Check(errors, schedule.Gamma is > 0 and <= 1, "schedule.gamma", schedule.Gamma, "above 0, at most 1");
        Check(errors, schedule.CosineFrom >= 0 && schedule.CosineFrom < options.Epochs || schedule.CosineFrom == 0,
            "schedule.cosineFrom", schedule.CosineFrom, "an epoch of the run");
        Share(errors, "schedule.floor", schedule.Floor);
    }

    private static void CheckRuntime(TrainingOptions options, List<string> errors)
    {
        RuntimeOptions runtime = options.Runtime;
        Check(errors, runtime.Threads is >= 0 and <= 1024, "runtime.threads", runtime.Threads, "0 to 1,024");
        Check(errors, runtime.LoaderThreads is > 0 and <= 1024, "runtime.loaderThreads", runtime.LoaderThreads,
            "1 to 1,024");
        Check(errors, runtime.BatchesAhead is > 0 and <= 64, "runtime.batchesAhead", runtime.BatchesAhead, "1 to 64");
        Check(errors, runtime.CheckpointEverySteps >= 0, "runtime.checkpointEverySteps", runtime.CheckpointEverySteps,
            "0 or more");
        Check(errors, runtime.LogEverySteps > 0, "runtime.logEverySteps", runtime.LogEverySteps, "1 or more");
        Check(errors, options.Evaluation.EveryEpochs >= 0, "evaluation.everyEpochs", options.Evaluation.EveryEpochs,
            "0 or more");
        Check(errors, options.Evaluation.MaxIdentities >= 0, "evaluation.maxIdentities",
            options.Evaluation.MaxIdentities, "0 or more");
    }

    private static void Share(List<string> errors, string setting, double value) =>
        Check(errors, value is >= 0 and <= 1, setting, value, "0 to 1");

    private static void Check(List<string> errors, bool fits, string setting, object? value, string wanted)
    {
        if (!fits)
        {
            errors.Add(FormattableString.Invariant($"{setting} is '{value}'; it must be {wanted}."));
        }
    }
}
