using System.CommandLine;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Offline;

namespace OrleansGallery.Cli;

/// <summary><c>gallery observe</c>: has the service decide whose images are.</summary>
internal sealed class ObserveCommand : ClientCommand
{
    private readonly Argument<string> _gallery = CommonOptions.Gallery();

    private readonly Argument<string[]> _paths = new("PATH")
    {
        Description = "Image files, and folders of them.", Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _frames = new("--frames")
    {
        Description =
            $"The images of each folder show one identity, and so do all files that are named themselves: they are "
            + $"decided once, at most {ObserveRequest.MaxFrames} together. Default: each by itself.",
    };

    private readonly Option<string?> _facet = new("--facet")
    {
        Description = "The condition these images were taken under, for example a camera id. Default: none.",
        HelpName = "FACET",
    };

    private readonly ThresholdOptions _thresholds = new("the gallery's", "--margin");

    private readonly FolderChoice _folder = new();

    public ObserveCommand()
        : base(
            "observe",
            "Have the service decide whose images are: each joins an identity, founds a provisional one, or is parked. "
            + "Files that cannot be read or are refused are reported and the rest goes on (exit code 1 then). Run it "
            + "again to go on after an interruption: an image has the same outcome again.")
    {
        Add(_gallery);
        Add(_paths);
        Add(_frames);
        Add(_facet);
        Array.ForEach(_thresholds.Options, Add);
        Array.ForEach(_folder.Options, Add);
    }

    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        (double? join, double? found, double? margin) = _thresholds.Of(arguments);
        ObserveRequest fields = new()
        {
            Facet = arguments.GetValue(_facet), JoinThreshold = join, FoundThreshold = found, Margin = margin,
        };
        string gallery = arguments.GetRequiredValue(_gallery);
        ObserveSummary summary = new() { Gallery = gallery };
        foreach (string[] files in FilesOf(arguments, output))
        {
            string name = files.Length == 1 ? files[0] : $"{files[0]} and {files.Length - 1} more";
            try
            {
                ReadOnlyMemory<byte>[] bytes = await Task.WhenAll(files.Select(
                    file => Task.Run(() => (ReadOnlyMemory<byte>)Offline.ImageFile.Read(file), cancellationToken)));
                ObservationResponse answer =
                    await client.ObserveFilesAsync(gallery, bytes, fields, cancellationToken);
                summary.Add(name, answer);
                if (!output.IsJson)
                {
                    output.WriteLine($"{name}: {ObservationText.Of(answer)}");
                }
            }
            catch (Exception exception) when (
                exception is IOException or UnauthorizedAccessException
                || (exception is GalleryApiException refused && refused.Code is
                    ErrorCodes.InvalidImage or ErrorCodes.InvalidEmbedding or ErrorCodes.ImageConflict
                    or ErrorCodes.OperationConflict or ErrorCodes.Erased or ErrorCodes.TooLarge
                    or ErrorCodes.InvalidRequest))
            {
                summary.Fail(name, exception);
                await output.Error.WriteLineAsync($"{name}: {exception.Message}");
            }
        }

        if (output.IsJson)
        {
            output.WriteJson(summary);
        }
        else
        {
            output.WriteLine(
                $"{Figures.Count(summary.Joined)} joined, {Figures.Count(summary.Founded)} founded, "
                + $"{Figures.Count(summary.Parked)} parked, {Figures.Count(summary.Duplicates)} of them before; "
                + $"{Figures.Count(summary.Failures.Count)} refused.");
        }

        return summary.Failures.Count == 0 ? CommandLine.Done : CommandLine.Failed;
    }

    private IEnumerable<string[]> FilesOf(ParseResult arguments, CommandOutput output)
    {
        bool together = arguments.GetValue(_frames);
        List<string> named = [];
        List<string[]> observations = [];
        foreach (string path in arguments.GetRequiredValue(_paths))
        {
            if (!Directory.Exists(path))
            {
                named.Add(path);
                continue;
            }

            ImageFolder folder = ImageFolder.Scan(path, _folder.Of(arguments));
            FolderChoice.Tell(folder, output);
            IEnumerable<string> files = folder.Images.Select(image => Path.Combine(folder.Root, image.Path));
            observations.AddRange(together
                ? files.GroupBy(Path.GetDirectoryName).Select(group => group.ToArray())
                : files.Select(file => (string[])[file]));
        }

        return together && named.Count > 0
            ? [[.. named], .. observations]
            : [.. named.Select(file => (string[])[file]), .. observations];
    }
}
