using System.CommandLine;
using System.Text;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.ImageNet;
using OrleansGallery.Offline;
using OrleansGallery.Retrieval;
using OrleansGallery.Training;

namespace OrleansGallery.Cli;

/// <summary><c>gallery recipe NAME</c>: one of the paper's trainings from the download to a report.</summary>
internal sealed class RecipeCommand : Command
{
    private static readonly string Names = string.Join(", ", PaperRecipe.All.Select(recipe => recipe.Name));

    private readonly Argument<string> _name = new("NAME")
    {
        Description = $"The recipe: {Names}.",
    };

    private readonly Option<string> _data = new("--data")
    {
        Description = "The folder of the data set's extracted download.", HelpName = "DIR", Required = true,
    };

    private readonly Option<string> _output = new("--output")
    {
        Description = "Where converted data, training and report.md go. Run again with the same folder, it goes on.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "A training configuration instead of the recipe's own; its data are those of the recipe.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _weights = new("--weights")
    {
        Description = "A file of the ImageNet weights of the paper's network, which is trained then. Default: the "
            + "configuration's, which is the smaller network whose weights are in the box.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _device = new("--device")
    {
        Description = "Where it trains: cpu, cuda or cuda:1. Default: the configuration's, which is cuda.",
        HelpName = "DEVICE",
    };

    private readonly ConversionChoice _choice = new();

    public RecipeCommand()
        : base(
            "recipe",
            "Convert a data set, train on it as the paper did, evaluate by single images and by centroids, and write a "
            + "report with the paper's figures beside those measured.")
    {
        Add(_name);
        foreach (Option option in (Option[])[_data, _output, _config, _weights, _device, .. _choice.All])
        {
            Add(option);
        }

        Validators.Add(result =>
        {
            if (result.GetResult(_name)?.Tokens is not [{ Value: { } name }])
            {
                return;
            }

            if (PaperRecipe.Find(name) is { } recipe)
            {
                _choice.Refuse(result, recipe.DataSet);
            }
            else
            {
                result.AddError($"'{name}' is no recipe; there are {Names}.");
            }
        });
        SetAction((arguments, cancellationToken) => Task.Run(() => Run(arguments, cancellationToken)));
    }

    private int Run(ParseResult arguments, CancellationToken cancellationToken)
    {
        CommandOutput output = CommandOutput.Of(arguments);
        PaperRecipe recipe = PaperRecipe.Find(arguments.GetRequiredValue(_name))!;
        RecipeFolder folder = new(Path.GetFullPath(arguments.GetRequiredValue(_output)));
        if (OptionsOf(arguments, recipe, output) is not { } options)
        {
            return CommandLine.WrongUsage;
        }

        string? departure = recipe.DepartureOf(options);
        if (departure is not null)
        {
            output.Error.WriteLine($"warning: {departure} (--weights FILE sets both.)");
        }

        StartCheck.Run(options, folder.Root);
        output.Error.WriteLine($"1 of 4: converting '{arguments.GetRequiredValue(_data)}' into '{folder.Data}'.");
        ConversionResult converted = _choice.Run(
            arguments,
            recipe.DataSet,
            arguments.GetRequiredValue(_data),
            new ConversionOptions
            {
                Folder = folder.Data, Height = options.Network.Height, Width = options.Network.Width,
            },
            output,
            cancellationToken);
        options = recipe.TrainOn(options, Path.GetRelativePath(folder.Root, converted.File));
        output.Error.WriteLine($"2 of 4: training in '{folder.Training}'.");
        TrainingResult trained = Train(options, folder, output, cancellationToken);
        output.Error.WriteLine("3 of 4: evaluating by single images and by centroids.");
        (EvaluationDocument evaluation, ModeDocument? reference) = Evaluate(options, folder, output, cancellationToken);
        RecipeDocument done = new()
        {
            Recipe = recipe.Name,
            Conversion = converted,
            Training = trained,
            Evaluation = evaluation,
            ReferenceCentroid = reference,
            Departure = departure,
            Report = folder.Report,
        };
        output.Error.WriteLine($"4 of 4: writing '{folder.Report}'.");
        string report = RecipeReport.Of(recipe, options, done, DateTimeOffset.UtcNow);
        DurableFile.Write(folder.Report, file => file.Write(Encoding.UTF8.GetBytes(report)));
        if (output.IsJson)
        {
            output.WriteJson(done);
        }
        else
        {
            output.WriteLine(RecipeReport.Tables(recipe, done));
            output.WriteLine($"The report is in {folder.Report}.");
        }

        return CommandLine.Done;
    }

    private TrainingOptions? OptionsOf(ParseResult arguments, PaperRecipe recipe, CommandOutput output)
    {
        string config = arguments.GetValue(_config) ?? recipe.Configuration;
        if (!ConfigurationFile.TryLoad(config, output, out TrainingOptions? options))
        {
            return null;
        }

        // Its own paths are relative to it, those of the recipe's data to the output folder.
        if (arguments.GetValue(_weights) is { } weights)
        {
            options = recipe.StartFrom(options, Path.GetFullPath(weights));
        }
        else if (options.Network.InitialCheckpoint is { } own && own != ImageNetWeights.Name)
        {
            options = options with
            {
                Network = options.Network with
                {
                    InitialCheckpoint = Path.GetFullPath(own, Path.GetDirectoryName(Path.GetFullPath(config))!),
                },
            };
        }

        return arguments.GetValue(_device) is { } device
            ? options with { Runtime = options.Runtime with { Device = device } }
            : options;
    }

    private static TrainingResult Train(
        TrainingOptions options, RecipeFolder folder, CommandOutput output, CancellationToken cancellationToken)
    {
        using GalleryTrainer trainer = new(
            options, folder.Root, folder.Training, folder.HasTraining, new TrainingView(output.Error));
        return trainer.Run(cancellationToken);
    }

    private static (EvaluationDocument All, ModeDocument? Reference) Evaluate(
        TrainingOptions options, RecipeFolder folder, CommandOutput output, CancellationToken cancellationToken)
    {
        using EmbeddingModel model = ModelOptions.Load(
            folder.Training,
            Path.Combine(folder.Training, GalleryTrainer.ModelFile),
            options.Runtime.Device,
            PrecisionName.Of(ModelPrecision.Float32),
            output);
        DataOptions data = options.Data with
        {
            Path = Path.Combine(folder.Root, options.Data.Path),
            TrainJson = Path.Combine(folder.Root, options.Data.TrainJson),
        };
        using EvaluatedSet set = EvaluatedSet.Open(data, FolderOptions.Default, model.Description, output);
        EvaluationImages images = set.Embed(model, output, cancellationToken);
        EvaluationOptions how = new()
        {
            Protocol = set.HasFacets ? EvaluationProtocol.Reid : EvaluationProtocol.Fashion,
        };
        EvaluationReport report = RetrievalEvaluation.Run(images.Data, how, cancellationToken);
        ModeResult? reference = set.HasFacets
            ? RetrievalEvaluation.Run(images.Data, how with { ReferenceCompatible = true }, cancellationToken).Centroid
            : null;
        return (
            EvaluationDocument.Of(report, how, images.Data.Queries),
            reference is null ? null : ModeDocument.Of(reference, images.Data.Queries, kept: false));
    }
}
