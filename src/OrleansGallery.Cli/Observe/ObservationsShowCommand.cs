using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery observations show</c>.</summary>
internal sealed class ObservationsShowCommand()
    : ObservationCommand("show", "Show what was decided of an observation, and where its images are now.")
{
    protected override Task<ObservationResponse> SendAsync(
        GalleryClient client, string gallery, string observation, CancellationToken cancellationToken) =>
        client.GetObservationAsync(gallery, observation, cancellationToken);
}
