using System.CommandLine;
using System.Globalization;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery watch</c>: what happens in a gallery.</summary>
internal sealed class WatchCommand : ClientCommand
{
    private readonly Argument<string> _gallery = CommonOptions.Gallery();

    private readonly Option<string?> _identity = Text("--identity", "Only this identity.", "ID");

    private readonly Option<string?> _prefix = Text("--prefix", "Only identities whose ids begin so.", "TEXT");

    private readonly Option<bool> _founded = new("--founded") { Description = "Only new identities." };

    private readonly Option<string?> _cursor = Text(
        "--cursor",
        "Where to go on: the cursor of an event, or 'start' for all identities that are there. Default: from now on.",
        "CURSOR");

    private readonly Option<string?> _image = Text(
        "--image", "A standing search: only identities that are near to this image.", "IMAGE");

    private readonly Option<string?> _like = Text(
        "--like", "A standing search: only identities that are near to this one as it is now.", "ID");

    private readonly Option<double?> _least = NumberOption.Maybe<double>(
        "--min-score", "The least score of a standing search, -1 to 1. Default: the gallery's threshold.",
        new(-1, 1), "SCORE");

    public WatchCommand()
        : base("watch", "Print a gallery's changes as they come in, until it is ended; with --json a line each.")
    {
        Add(_gallery);
        Add(_identity);
        Add(_prefix);
        Add(_founded);
        Add(_cursor);
        Add(_image);
        Add(_like);
        Add(_least);
        Validators.Add(result =>
        {
            if (result.GetValue(_image) is not null && result.GetValue(_like) is not null)
            {
                result.AddError("Give either --image or --like.");
            }
        });
    }

    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        WatchRequest request = new()
        {
            Cursor = arguments.GetValue(_cursor),
            Identity = arguments.GetValue(_identity),
            Prefix = arguments.GetValue(_prefix),
            Founded = arguments.GetValue(_founded),
            Query = await Task.Run(() => QueryOf(arguments), cancellationToken),
            MinScore = arguments.GetValue(_least),
        };
        await foreach (GalleryEvent one in client.WatchAsync(
            arguments.GetRequiredValue(_gallery), request, cancellationToken))
        {
            if (output.IsJson)
            {
                output.WriteJsonLine(one);
            }
            else
            {
                output.WriteLine(Describe(one));
            }
        }

        return CommandLine.Done;
    }

    internal static string Describe(GalleryEvent one) => one.Kind switch
    {
        GalleryEventKind.Removed => $"removed  an identity, digest {one.Digest}",
        GalleryEventKind.Reset => string.Create(
            CultureInfo.InvariantCulture, $"reset    removals of partition {one.Partition} may be missing before this"),
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"{(one.Kind == GalleryEventKind.Founded ? "founded" : "changed")}  {one.Identity}  images "
            + $"{one.Count}, version {one.Version}")
            + (one.Score is { } score ? string.Create(CultureInfo.InvariantCulture, $", score {score:0.0000}") : ""),
    };

    private static Option<string?> Text(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help };

    private SearchRequest? QueryOf(ParseResult arguments) => arguments.GetValue(_image) is { } file
        ? new SearchRequest { Positives = [new QueryExample { Image = InputFile.ReadImage(file) }] }
        : arguments.GetValue(_like) is { } identity ? new SearchRequest { IdentityId = identity } : null;
}
