using System.CommandLine;
using OrleansGallery.Offline;

namespace OrleansGallery.Cli;

/// <summary><c>gallery data convert NAME</c>: one published data set, from its download to what the loaders read.
/// </summary>
internal sealed class ConvertCommand : Command
{
    private readonly PublishedDataSet _set;
    private readonly ConversionChoice _choice = new();

    private readonly Argument<string> _download = new("DOWNLOAD")
    {
        Description = "The folder of the extracted download.",
    };

    private readonly Option<string> _out = new("--out")
    {
        Description = "Where lists and images go: a new folder, or that of the same conversion, which then goes on.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<string> _size = new("--size")
    {
        Description = "Height and width of the images in pixels: 320x320 for the paper's L models, 256x128 for S.",
        HelpName = "HxW",
        DefaultValueFactory = _ => "320x320",
    };

    /// <param name="set">The data set.</param>
    /// <param name="description">What becomes of it.</param>
    public ConvertCommand(PublishedDataSet set, string description)
        : base(set.ToString().ToLowerInvariant(), description)
    {
        _set = set;
        Add(_download);
        Add(_out);
        if (DataSetConversion.MakesImages(set))
        {
            Add(_size);
            _size.Validators.Add(result =>
            {
                if (PixelSize.Parse(result.GetValueOrDefault<string>()) is null)
                {
                    result.AddError(
                        $"--size is '{result.GetValueOrDefault<string>()}'; height and width, 1 to "
                        + $"{PixelSize.MaxSide} pixels, are expected, as 256x128.");
                }
            });
        }

        foreach (Option option in _choice.Of(set))
        {
            Add(option);
        }

        SetAction((arguments, cancellationToken) => Task.Run(() => Run(arguments, cancellationToken)));
    }

    private int Run(ParseResult arguments, CancellationToken cancellationToken)
    {
        CommandOutput output = CommandOutput.Of(arguments);
        (int height, int width) = DataSetConversion.MakesImages(_set)
            ? PixelSize.Parse(arguments.GetRequiredValue(_size))!.Value
            : (0, 0);
        ConversionResult result = _choice.Run(
            arguments,
            _set,
            arguments.GetRequiredValue(_download),
            new ConversionOptions { Folder = arguments.GetRequiredValue(_out), Height = height, Width = width },
            output,
            cancellationToken);
        if (output.IsJson)
        {
            output.WriteJson(result);
        }
        else
        {
            ConversionText.Write(result, output);
        }

        return CommandLine.Done;
    }
}
