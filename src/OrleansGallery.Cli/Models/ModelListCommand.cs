using System.CommandLine;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Models;
using OrleansGallery.Storage;

namespace OrleansGallery.Cli;

/// <summary><c>gallery model list</c>: the models there are.</summary>
internal sealed class ModelListCommand : Command
{
    private readonly Option<string> _models;
    private readonly DatabaseOption _database;

    public ModelListCommand(Option<string> models, DatabaseOption database)
        : base("list", "List the default model, those of a folder, and with --database those of a cluster.")
    {
        (_models, _database) = (models, database);
        Add(models);
        Add(database);
        Validators.Add(database.Check);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        CommandOutput output = CommandOutput.Of(arguments);
        IReadOnlyList<ModelDescription> found = new ModelStore(arguments.GetRequiredValue(_models)).List();
        IReadOnlyList<StoredModel>? stored = _database.Of(arguments) is { Length: > 0 } database
            ? await StoredModels.ListAsync(database, cancellationToken)
            : null;
        if (output.IsJson)
        {
            output.WriteJson(new ModelList { Models = found, Stored = stored });
            return CommandLine.Done;
        }

        Write(output, found);
        if (stored is not null)
        {
            output.WriteTable(
                ["in the database", "bytes", "SHA-256"],
                stored.Select(model => (IReadOnlyList<string>)[model.Id, Figures.Count(model.Length), model.Sha256]));
        }

        return CommandLine.Done;
    }

    private static void Write(CommandOutput output, IReadOnlyList<ModelDescription> found) => output.WriteTable(
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
