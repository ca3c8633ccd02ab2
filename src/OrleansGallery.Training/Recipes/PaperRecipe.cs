using OrleansGallery.Inference.ImageNet;
using OrleansGallery.Offline;

namespace OrleansGallery.Training;

/// <summary>One of the paper's trainings: a committed configuration, its data set and what others measured.</summary>
public sealed record PaperRecipe
{
    private PaperRecipe(string name, PublishedDataSet dataSet, string architecture)
    {
        (Name, DataSet, Architecture) = (name, dataSet, architecture);
    }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PaperRecipe> All { get; } =
    [
        new("market1501-ctl", PublishedDataSet.Market1501, "resnet50"),
        new("market1501-base", PublishedDataSet.Market1501, "resnet50"),
        new("dukemtmcreid-ctl", PublishedDataSet.DukeMtmc, "resnet50"),
        new("dukemtmcreid-base", PublishedDataSet.DukeMtmc, "resnet50"),
        new("deepfashion-ctl-s", PublishedDataSet.DeepFashion, "resnet50"),
        new("deepfashion-ctl-l", PublishedDataSet.DeepFashion, "resnet50_ibn_a"),
        new("street2shop-ctl-s", PublishedDataSet.Street2Shop, "resnet50"),
        new("street2shop-ctl-l", PublishedDataSet.Street2Shop, "resnet50_ibn_a"),
    ];

    /// <summary>The name of recipe and configuration.</summary>
    public string Name { get; }

    /// <summary>What it trains on.</summary>
    public PublishedDataSet DataSet { get; }

    /// <summary>The paper's network.</summary>
    public string Architecture { get; }

    /// <summary>The committed configuration's file.</summary>
    public string Configuration => Path.Combine(AppContext.BaseDirectory, "Configurations", $"{Name}.json");

    /// <summary>Figures of this recipe's model; empty: none is known.</summary>
    public IReadOnlyList<PaperFigure> Figures => [.. PaperFigures.All.Where(figure => figure.Recipe == Name)];

    /// <summary>Figures of other models on the same data set.</summary>
    public IReadOnlyList<PaperFigure> OtherFigures =>
        [.. PaperFigures.All.Where(figure => figure.Recipe != Name && Find(figure.Recipe)!.DataSet == DataSet)];

    /// <summary>Finds a recipe.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Null: there is none.</returns>
    public static PaperRecipe? Find(string name) => All.FirstOrDefault(recipe => recipe.Name == name);

    /// <summary>Says where options depart from the paper by their network or what it starts from.</summary>
    /// <param name="options">The options.</param>
    /// <returns>A sentence or two; null: they do not.</returns>
    public string? DepartureOf(TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        NetworkOptions network = options.Network;
        string? start = network.InitialCheckpoint switch
        {
            ImageNetWeights.Name => $"from ImageNet weights in the box ({ImageNetWeights.Name})",
            null => "from random weights",
            _ when network.Architecture != Architecture => $"from '{network.InitialCheckpoint}'",
            _ => null,
        };
        return start is null
            ? null
            : $"The paper trained {Architecture} from its ImageNet weights; this is {network.Architecture} {start}, so "
                + $"figures will differ. For the paper's own set network.architecture to {Architecture} and "
                + "network.initialCheckpoint to a file of those weights.";
    }

    /// <summary>The paper's network from a file of weights, instead of what the configuration names.</summary>
    /// <param name="options">The options.</param>
    /// <param name="checkpoint">The file.</param>
    /// <returns>The options with it.</returns>
    public TrainingOptions StartFrom(TrainingOptions options, string checkpoint)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options with
        {
            Network = options.Network with { Architecture = Architecture, InitialCheckpoint = checkpoint },
        };
    }

    /// <summary>The options on a converted data set.</summary>
    /// <param name="options">The options.</param>
    /// <param name="list">What the conversion made for loaders to read, relative to where the options are.</param>
    /// <returns>The options with it.</returns>
    public TrainingOptions TrainOn(TrainingOptions options, string list)
    {
        ArgumentNullException.ThrowIfNull(options);
        bool pairs = DataSetConversion.MakesImages(DataSet);
        return options with
        {
            Data = options.Data with
            {
                Source = pairs ? DataSourceKind.Coco : DataSourceKind.Manifest,
                Path = pairs ? Path.GetDirectoryName(list)! : list,
                TrainJson = pairs ? list : string.Empty,
            },
        };
    }
}
