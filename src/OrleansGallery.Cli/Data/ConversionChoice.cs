using System.CommandLine;
using System.CommandLine.Parsing;
using OrleansGallery.Offline;

namespace OrleansGallery.Cli;

/// <summary>The options of commands that convert a data set.</summary>
internal sealed class ConversionChoice
{
    private readonly Option<bool> _allowCounts = new("--allow-counts")
    {
        Description = "Do not warn where there are more or fewer images than were published, as in a part of a data "
            + "set.",
    };

    private readonly Option<double> _maxUnreadable = NumberOption.Of(
        "--max-unreadable",
        "The share of images that may be missing or unreadable, of query, of gallery and of each source in train; they "
            + "are listed. More of them stop it.",
        UnreadableImages.Limit,
        new NumberRange<double>(0, 1),
        "SHARE");

    private readonly Option<string?> _photos = new("--images")
    {
        Description = "Street2Shop: the folder of the photos, named by their numbers. Default: images or photos in the "
            + "download's folder.",
        HelpName = "DIR",
    };

    private readonly Option<bool> _compatible = new("--reference-compatible")
    {
        Description = "DeepFashion: cut boxes as the published script does, which takes a box's right and lower end "
            + "for its width and height.",
    };

    /// <summary>All of them.</summary>
    public Option[] All => [_compatible, _photos, _maxUnreadable, _allowCounts];

    /// <summary>Those that go with a data set.</summary>
    public Option[] Of(PublishedDataSet set) => set switch
    {
        PublishedDataSet.DeepFashion => [_compatible, _maxUnreadable, _allowCounts],
        PublishedDataSet.Street2Shop => [_photos, _maxUnreadable, _allowCounts],
        _ => [_maxUnreadable, _allowCounts],
    };

    /// <summary>Refuses options that do not go with a data set.</summary>
    public void Refuse(CommandResult result, PublishedDataSet set)
    {
        foreach (Option option in All.Except(Of(set)).Where(o => result.GetResult(o) is { Implicit: false }))
        {
            result.AddError($"{option.Name} has no effect on {set}.");
        }
    }

    /// <summary>Converts and says how far it is; goes on with what was interrupted.</summary>
    /// <param name="arguments">The command's arguments.</param>
    /// <param name="set">The data set.</param>
    /// <param name="root">The download's folder.</param>
    /// <param name="options">Where to, and the images' size.</param>
    /// <param name="output">Where warnings go.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public ConversionResult Run(
        ParseResult arguments,
        PublishedDataSet set,
        string root,
        ConversionOptions options,
        CommandOutput output,
        CancellationToken cancellationToken)
    {
        OfflineProgress? progress = null;
        ConversionResult result = DataSetConversion.Run(
            set,
            root,
            options with
            {
                MaxUnreadable = arguments.GetValue(_maxUnreadable),
                Photos = arguments.GetValue(_photos),
                ReferenceCompatible = arguments.GetValue(_compatible),
                OnProgress = (done, all) => (progress ??= new OfflineProgress(all, output)).Report(done),
            },
            cancellationToken);
        ConversionText.Tell(result, arguments.GetValue(_allowCounts), output);
        return result;
    }
}
