using System.CommandLine;

namespace OrleansGallery.Cli;

/// <summary><c>gallery model</c>: checkpoints.</summary>
internal sealed class ModelCommand : Command
{
    public ModelCommand()
        : base("model", "Import, list and inspect models.")
    {
        Option<string> models = ModelOptions.Models();
        DatabaseOption database = new();
        Add(new ModelImportCommand(models, database));
        Add(new ModelListCommand(models, database));
        Add(new ModelInspectCommand(models));
    }
}
