using System.CommandLine;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Models;
using OrleansGallery.Offline;

namespace OrleansGallery.Cli;

/// <summary><c>gallery embed</c>: images to arrays, without a server.</summary>
internal sealed class EmbedCommand : Command
{
    private readonly Argument<string> _path = new("PATH")
    {
        Description = "An image, a folder of images, or a folder of folders.",
    };

    private readonly Option<string> _out = new("--out")
    {
        Description = $"Where {EmbeddingSet.EmbeddingsFile} (float32, not normalised) and {EmbeddingSet.PathsFile} go.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<string?> _centroids = new("--centroids")
    {
        Description =
            "Write one mean per identity, and the identities' names instead of paths. folder: the first folder below "
            + "PATH says whose an image is; prefix: its path before the last underscore.",
        HelpName = "RULE",
    };

    private readonly Option<string?> _checkpoint = ModelOptions.Checkpoint(ModelStore.DefaultName);
    private readonly Option<string> _models = ModelOptions.Models();
    private readonly Option<string> _device = ModelOptions.Device();
    private readonly Option<string> _precision = ModelOptions.Precision();
    private readonly FolderChoice _folder = new();

    public EmbedCommand()
        : base("embed",
            "Embed images, or the centroids of their identities, into arrays. No server is needed. Files that are no "
            + "images are left out and named; images that cannot be decoded too, but more than 5 % of them stop it.")
    {
        _centroids.AcceptOnlyFromAmong("folder", "prefix");
        Add(_path);
        Add(_checkpoint);
        Add(_out);
        Add(_centroids);
        Add(_models);
        Add(_device);
        Add(_precision);
        Array.ForEach(_folder.Options, Add);
        SetAction(
            (arguments, cancellationToken) => Task.Run(() => Run(arguments, cancellationToken), cancellationToken));
    }

    private int Run(ParseResult arguments, CancellationToken cancellationToken)
    {
        CommandOutput output = CommandOutput.Of(arguments);
        string folder = arguments.GetRequiredValue(_out);
        string checkpoint = arguments.GetValue(_checkpoint) ?? ModelStore.DefaultName;
        IdentityRule? rule = arguments.GetValue(_centroids) switch
        {
            "folder" => IdentityRule.Folder,
            "prefix" => IdentityRule.Prefix,
            _ => null,
        };
        ImageFiles found = ImageFiles.Find(arguments.GetRequiredValue(_path), _folder.Of(arguments));
        IdentityNames? names = rule is { } told ? IdentityNames.Of(told, found.Paths, found.Folder?.Root) : null;
        List<LeftOut> leftOut = [.. found.LeftOut];
        IReadOnlyList<string> files = WithIdentity(found.Paths, names, leftOut, output);
        if (found.Folder is { } images)
        {
            FolderChoice.Tell(images, output);
        }

        // Before the work: a folder that cannot be made.
        Directory.CreateDirectory(folder);
        using EmbeddingModel model = ModelOptions.Load(
            arguments.GetRequiredValue(_models), checkpoint, arguments.GetRequiredValue(_device),
            arguments.GetRequiredValue(_precision), output);
        EmbeddingSet embedded = OfflineImages.Embed(
            model, files, (file, reason) => leftOut.Add(new LeftOut(file, reason)), output, cancellationToken);
        EmbeddingSet set = names is null ? embedded : embedded.Centroids(names);
        set.Write(folder);
        EmbeddingOrigin origin = new()
        {
            Model = model.Description.Id,
            Checkpoint = File.Exists(checkpoint) ? Path.GetFullPath(checkpoint) : checkpoint,
            Dimension = set.Dimension,
            Precision = PrecisionName.Of(model.Precision),
            Device = model.Device,
            Images = embedded.Count,
            Root = found.Folder?.Root,
            Centroids = rule?.ToString().ToLowerInvariant(),
        };
        origin.Write(folder);
        Write(output, rule is not null, new EmbedSummary
        {
            Folder = folder,
            Model = origin.Model,
            Precision = origin.Precision,
            Device = origin.Device,
            Vectors = set.Count,
            Dimension = set.Dimension,
            Images = embedded.Count,
            LeftOut = leftOut,
            EmptyIdentities = found.Folder?.EmptyIdentities ?? [],
        });
        return CommandLine.Done;
    }

    private static void Write(CommandOutput output, bool centroids, EmbedSummary summary)
    {
        if (output.IsJson)
        {
            output.WriteJson(summary);
            return;
        }

        output.WriteFields(
            ("folder", summary.Folder),
            ("model", $"{summary.Model}, {summary.Precision} on {summary.Device}"),
            (centroids ? "centroids" : "embeddings",
                $"{Figures.Count(summary.Vectors)} of {summary.Dimension} dimensions"),
            ("images", Figures.Count(summary.Images)),
            ("left out", Figures.Count(summary.LeftOut.Count)));
    }

    private static IReadOnlyList<string> WithIdentity(
        IReadOnlyList<string> paths, IdentityNames? names, List<LeftOut> leftOut, CommandOutput output)
    {
        if (names is null)
        {
            return paths;
        }

        output.Error.WriteLine($"Identities: {names.Explanation}.");
        foreach (string stray in paths.Where(path => names.IdentityOf(path) is null))
        {
            leftOut.Add(new LeftOut(stray, names.WhyNone));
            output.Error.WriteLine($"left out: {stray} {names.WhyNone}");
        }

        string[] files = [.. paths.Where(path => names.IdentityOf(path) is not null)];
        return files.Length > 0
            ? files
            : throw new InvalidDataException($"No path says whose image it is: '{paths[0]}' {names.WhyNone}.");
    }
}
