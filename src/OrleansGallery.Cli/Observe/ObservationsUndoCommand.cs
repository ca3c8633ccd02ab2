using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery observations undo</c>.</summary>
internal sealed class ObservationsUndoCommand()
    : ObservationCommand("undo", "Take an observation back: its images go, and an identity that has no others.")
{
    protected override Task<ObservationResponse> SendAsync(
        GalleryClient client, string gallery, string observation, CancellationToken cancellationToken) =>
        client.UndoObservationAsync(gallery, observation, cancellationToken);
}
