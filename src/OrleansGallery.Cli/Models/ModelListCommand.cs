using System.CommandLine;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Models;

namespace OrleansGallery.Cli;

/// <summary><c>gallery model list</c>: the models there are.</summary>
internal sealed class ModelListCommand : Command
{
    public ModelListCommand(Option<string> models)
        : base("list", "List the default model and those of a folder.")
    {
        Add(models);
        SetAction(arguments =>
        {
            CommandOutput output = CommandOutput.Of(arguments);
            IReadOnlyList<ModelDescription> found = new ModelStore(arguments.GetRequiredValue(models)).List();
            if (output.IsJson)
            {
                output.WriteJson(new ModelList { Models = found });
            }
            else
            {
                output.WriteTable(
                    ["model", "architecture", "dimension", "input", "trained"],
                    found.Select(model => (IReadOnlyList<string>)
                    [
                        model.Id,
                        model.Architecture,
                        Figures.Count(model.Dimension),
                        $"{model.InputHeight} x {model.InputWidth}",
                        model.Trained ? "yes" : "no",
                    ]));
            }

            return CommandLine.Done;
        });
    }
}
