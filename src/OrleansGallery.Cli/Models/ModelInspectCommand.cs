using System.CommandLine;
using System.Globalization;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.Models;

namespace OrleansGallery.Cli;

/// <summary><c>gallery model inspect</c>: what a checkpoint holds.</summary>
internal sealed class ModelInspectCommand : Command
{
    private readonly Argument<string> _file = new("FILE|ID")
    {
        Description = "A checkpoint's file, a model of --models, or default.",
    };

    private readonly Option<bool> _tensors = new("--tensors") { Description = "List every tensor with its checksum." };

    private readonly Option<string> _models;

    public ModelInspectCommand(Option<string> models)
        : base("inspect", "Show a checkpoint's format, metadata, network and tensors. Nothing in it is executed.")
    {
        _models = models;
        Add(_file);
        Add(_tensors);
        Add(_models);
        SetAction(Run);
    }

    private int Run(ParseResult arguments)
    {
        CommandOutput output = CommandOutput.Of(arguments);
        ModelStore store = new(arguments.GetRequiredValue(_models));
        using CheckpointFile file = store.OpenCheckpoint(arguments.GetRequiredValue(_file));
        bool all = output.IsJson || arguments.GetValue(_tensors);
        Inspection inspection = new()
        {
            File = file.Path,
            Format = file.Format,
            Sha256 = file.Sha256(),
            Architecture = ModelImport.ArchitectureOf(file),
            Difference = ModelImport.DifferenceOf(file),
            Elements = file.Tensors.Sum(tensor => tensor.Count),
            Metadata = file.Metadata,
            Tensors = all ? [.. file.Tensors.Select(tensor => InspectedTensor.Of(file, tensor))] : [],
        };
        if (output.IsJson)
        {
            output.WriteJson(inspection);
        }
        else
        {
            Write(output, inspection, file.Tensors.Count);
        }

        return CommandLine.Done;
    }

    private static void Write(CommandOutput output, Inspection inspection, int tensors)
    {
        output.WriteFields(
        [
            ("file", inspection.File),
            ("format", inspection.Format.ToString()),
            ("SHA-256", inspection.Sha256),
            ("network", inspection.Architecture),
            ("fits it", inspection.Difference is null ? "yes" : $"no: {inspection.Difference}"),
            ("tensors", Figures.Count(tensors)),
            ("elements", Figures.Count(inspection.Elements)),
            .. inspection.Metadata.Select(item => (item.Key, (string?)item.Value)),
        ]);
        if (inspection.Tensors.Count > 0)
        {
            output.WriteTable(
                ["tensor", "type", "shape", "sum", "sum of magnitudes"],
                inspection.Tensors.Select(tensor => (IReadOnlyList<string>)
                [
                    tensor.Name,
                    tensor.Type,
                    string.Join(" x ", tensor.Shape),
                    Number(tensor.Sum),
                    Number(tensor.AbsSum),
                ]));
        }
    }

    private static string Number(double? value) => value?.ToString("G9", CultureInfo.InvariantCulture) ?? "not finite";
}
