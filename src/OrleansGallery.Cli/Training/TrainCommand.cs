using System.CommandLine;
using OrleansGallery.Training;

namespace OrleansGallery.Cli;

/// <summary><c>gallery train</c>: trains a model; no server needed.</summary>
internal sealed class TrainCommand : Command
{
    private readonly Argument<string> _config = new("CONFIG")
    {
        Description = "A training configuration (JSON). Paths in it are relative to it.",
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "Where model, checkpoints and curve are written. Default: the configuration's name, in the "
            + "folder gallery-training of the working directory.",
        HelpName = "DIR",
    };

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Go on from the folder's last checkpoint; the result is the same as without the interruption.",
    };

    public TrainCommand()
        : base("train", "Train a model with the centroid triplet loss, as a configuration says.")
    {
        Add(_config);
        Add(_out);
        Add(_resume);
        SetAction((arguments, cancellationToken) => Task.Run(() => Train(arguments, cancellationToken)));
    }

    private int Train(ParseResult arguments, CancellationToken cancellationToken)
    {
        CommandOutput output = CommandOutput.Of(arguments);
        string config = arguments.GetRequiredValue(_config);
        if (!ConfigurationFile.TryLoad(config, output, out TrainingOptions? options))
        {
            return CommandLine.WrongUsage;
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(config))!;
        string target = arguments.GetValue(_out) ?? Path.Combine("gallery-training", options.Name);
        if (PaperRecipe.Find(options.Name)?.DepartureOf(options) is { } departure)
        {
            output.Error.WriteLine($"warning: {departure}");
        }

        using GalleryTrainer trainer = new(
            options, folder, target, arguments.GetValue(_resume), new TrainingView(output.Error));
        Write(trainer.Run(cancellationToken), output);
        return CommandLine.Done;
    }

    private static void Write(TrainingResult result, CommandOutput output)
    {
        if (output.IsJson)
        {
            output.WriteJson(result);
            return;
        }

        output.WriteFields(
            ("model", result.Model),
            ("steps", Figures.Count(result.Steps)),
            ("identities", Figures.Count(result.Identities)),
            ("images", Figures.Count(result.Images)),
            ("unreadable", Figures.Count(result.Unreadable.Count)),
            ("loss", result.Loss is { } loss ? Figures.Score(loss) : null),
            ("time", Figures.Duration(TimeSpan.FromSeconds(result.Seconds))));
        if (result.Evaluation is { } evaluation)
        {
            output.WriteTable(
                ["search by", "mAP", "rank-1"],
                [
                    ["centroid", Figures.Score(evaluation.CentroidMap), Figures.Score(evaluation.CentroidRank1)],
                    ["single image", Figures.Score(evaluation.InstanceMap), Figures.Score(evaluation.InstanceRank1)],
                ]);
        }

        foreach (string unreadable in result.Unreadable)
        {
            output.Error.WriteLine($"skipped {unreadable}");
        }
    }
}
