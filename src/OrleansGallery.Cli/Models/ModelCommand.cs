using System.CommandLine;

namespace OrleansGallery.Cli;

/// <summary><c>gallery model</c>: checkpoints.</summary>
internal sealed class ModelCommand : Command
{
    public ModelCommand()
        : base("model", "Import, list and inspect models.")
    {
        Option<string> models = ModelOptions.Models();
        Add(new ModelImportCommand(models));
        Add(new ModelListCommand(models));
        Add(new ModelInspectCommand(models));
    }
}
