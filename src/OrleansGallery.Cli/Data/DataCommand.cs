using System.CommandLine;
using OrleansGallery.Offline;

namespace OrleansGallery.Cli;

/// <summary><c>gallery data</c>: published data sets.</summary>
internal sealed class DataCommand : Command
{
    public DataCommand()
        : base("data", "Prepare published data sets; no server is needed.") => Add(new Command(
            "convert",
            "Make of a data set's download what `gallery train` and `gallery evaluate images` read, with the paper's "
            + "split. Nothing is downloaded; what was interrupted goes on.")
        {
            new ConvertCommand(
                PublishedDataSet.DeepFashion,
                "DeepFashion, consumer-to-shop: cut by their boxes, --layout coco reads it."),
            new ConvertCommand(
                PublishedDataSet.Street2Shop,
                "Street2Shop: street photos cut by their boxes and shop photos, --layout coco reads it."),
            new ConvertCommand(
                PublishedDataSet.DukeMtmc,
                "DukeMTMC-reID: a manifest; the images stay where they are. --layout manifest reads it."),
            new ConvertCommand(
                PublishedDataSet.Market1501,
                "Market-1501: a manifest without junk; the images stay where they are. --layout manifest reads it."),
        });
}
