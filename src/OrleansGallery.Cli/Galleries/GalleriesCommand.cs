using System.CommandLine;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery galleries</c>: what there is.</summary>
internal sealed class GalleriesCommand() : ClientCommand("galleries", "List the galleries with their counts.")
{
    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        IReadOnlyList<GalleryResponse> galleries = await client.ListGalleriesAsync(cancellationToken);
        if (output.IsJson)
        {
            output.WriteJson(new GalleryListResponse { Galleries = galleries });
        }
        else
        {
            output.WriteTable(
                ["gallery", "dimension", "model", "identities", "images"],
                galleries.Select(gallery => (IReadOnlyList<string>)
                [
                    gallery.Name,
                    Figures.Count(gallery.Dimension),
                    gallery.Model ?? "-",
                    Figures.Count(gallery.Identities),
                    Figures.Count(gallery.Images),
                ]));
        }

        return CommandLine.Done;
    }
}
