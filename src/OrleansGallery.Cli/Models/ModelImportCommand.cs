using System.CommandLine;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Models;
using OrleansGallery.Inference.Networks;

namespace OrleansGallery.Cli;

/// <summary><c>gallery model import</c>: a checkpoint becomes a model.</summary>
internal sealed class ModelImportCommand : Command
{
    private readonly Argument<string> _file = new("FILE")
    {
        Description =
            "The checkpoint: safetensors, PyTorch (.pth, .pt, zip or legacy), Lightning (.ckpt); nothing in it is "
            + "executed. Or a model with its own graph: ONNX, run by ONNX Runtime, or TorchScript (--trust). "
            + "imagenet-resnet: weights trained on ImageNet, which come with the program.",
    };

    private readonly Option<string?> _architecture = new("--architecture")
    {
        Description = "The network: " + string.Join(", ", Architectures.All.Select(shape => shape.Name))
            + ". Default: told by the checkpoint.",
        HelpName = "A",
    };

    private readonly Option<bool> _stemRelu = new("--stem-relu")
    {
        Description =
            "A ReLU follows the stem's normalisation, as in stock ImageNet networks; the paper's plain ResNets "
            + "have none.",
    };

    private readonly Option<int?> _lastStride = NumberOption.Maybe<int>(
        "--last-stride",
        "Stride of the last stage, 1 or 2. Default: the checkpoint's, else 1; stock networks have 2.",
        new(1, 2));

    private readonly Option<string?> _input = new("--input")
    {
        Description = "Height and width of the input in pixels. Default: the checkpoint's, else 256x128.",
        HelpName = "HxW",
    };

    private readonly Option<bool> _half = new("--half")
    {
        Description = "Round weights to float16, which halves the file.",
    };

    private readonly Option<string?> _name = new("--name")
    {
        Description = "The first part of the model's id. Default: the file's name.",
        HelpName = "N",
    };

    private readonly PixelImportOptions _pixels = new();
    private readonly GraphImportOptions _graph = new();
    private readonly Option<string> _models;
    private readonly DatabaseOption _database;

    public ModelImportCommand(Option<string> models, DatabaseOption database)
        : base(
            "import",
            "Make a model of a checkpoint, and with --database store it for every silo of a cluster. One that does not "
            + "fit is refused, naming what differs.")
    {
        (_models, _database) = (models, database);
        Add(_file);
        foreach (Option option in (Option[])
        [
            _architecture, _stemRelu, _lastStride, _input, .. _pixels.All, .. _graph.All, _half, _name, _models,
            _database,
        ])
        {
            Add(option);
        }

        Validators.Add(result =>
        {
            if (result.GetValue(_input) is { } input && PixelSize.Parse(input) is null)
            {
                result.AddError(
                    $"--input is '{input}'; two numbers from 1 to {PixelSize.MaxSide} are possible, for example "
                    + "256x128.");
            }
        });
        Validators.Add(_pixels.Check);
        Validators.Add(database.Check);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        string database = _database.Of(arguments);
        if (database.Length > 0)
        {
            await StoredModels.CheckAsync(database, cancellationToken);
        }

        (int Height, int Width)? size = PixelSize.Parse(arguments.GetValue(_input));
        CommandOutput output = CommandOutput.Of(arguments);
        ImportOptions options = new()
        {
            Architecture = arguments.GetValue(_architecture),
            StemRelu = arguments.GetValue(_stemRelu) ? true : null,
            LastStride = arguments.GetValue(_lastStride),
            InputHeight = size?.Height,
            InputWidth = size?.Width,
            Graph = _graph.Of(arguments),
            Half = arguments.GetValue(_half),
            Name = arguments.GetValue(_name),
        };
        (ModelDescription model, string path, IReadOnlyList<ImportFinding> findings) =
            new ModelStore(arguments.GetRequiredValue(_models)).Import(
                arguments.GetRequiredValue(_file), _pixels.Into(options, arguments));
        foreach (ImportFinding finding in findings)
        {
            await output.Error.WriteLineAsync(finding.ToString());
        }

        await output.Error.WriteLineAsync($"Written to {path}.");
        if (database.Length > 0)
        {
            await StoredModels.PutAsync(database, model, path, cancellationToken);
            await output.Error.WriteLineAsync("Stored in the cluster's database.");
        }

        ModelFields.Write(output, model);
        return CommandLine.Done;
    }
}
