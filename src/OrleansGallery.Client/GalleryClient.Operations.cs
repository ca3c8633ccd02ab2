using OrleansGallery.Contracts;

namespace OrleansGallery.Client;

/// <content>Operations over two identities, and erasures. A large one may take long, and is not cut off by
/// <see cref="GalleryClientOptions.Timeout"/>.</content>
public sealed partial class GalleryClient
{
    /// <summary>Makes all images of an identity those of another one; it is gone afterwards.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="identity">The identity that gives.</param>
    /// <param name="into">The identity that gets.</param>
    /// <param name="operationId">The operation's id, to send it again safely; null: the service makes one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    public Task<OperationResponse> MergeIdentityAsync(
        string gallery, string identity, string into, string? operationId = null,
        CancellationToken cancellationToken = default) =>
        _api.PostJsonAsync<OperationResponse>(
            IdentityPath(gallery, identity) + ":merge",
            new MergeIdentityRequest { Into = into, OperationId = operationId }, cancellationToken, takesLong: true);

    /// <summary>Moves images from one identity to another.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="identity">The identity that gives.</param>
    /// <param name="to">The identity that gets.</param>
    /// <param name="imageIds">Which images, each once.</param>
    /// <param name="operationId">The operation's id, to send it again safely; null: the service makes one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    public Task<OperationResponse> MoveImagesAsync(
        string gallery, string identity, string to, IReadOnlyList<string> imageIds, string? operationId = null,
        CancellationToken cancellationToken = default) =>
        _api.PostJsonAsync<OperationResponse>(
            IdentityPath(gallery, identity) + "/images:move",
            new MoveImagesRequest { To = to, ImageIds = imageIds, OperationId = operationId }, cancellationToken,
            takesLong: true);

    /// <summary>Parts an identity's images into two groups; nothing is written.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="identity">The identity.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The groups.</returns>
    public Task<SplitProposalResponse> ProposeSplitAsync(
        string gallery, string identity, CancellationToken cancellationToken = default) =>
        _api.GetAsync<SplitProposalResponse>(
            IdentityPath(gallery, identity) + "/split", cancellationToken, takesLong: true);

    /// <summary>Makes some images of an identity a new one.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="identity">The identity that keeps the others.</param>
    /// <param name="imageIds">Which images, each once; not all.</param>
    /// <param name="to">The new identity's id; null: the service makes one.</param>
    /// <param name="operationId">The operation's id, to send it again safely; null: the service makes one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    public Task<OperationResponse> SplitIdentityAsync(
        string gallery, string identity, IReadOnlyList<string> imageIds, string? to = null, string? operationId = null,
        CancellationToken cancellationToken = default) =>
        _api.PostJsonAsync<OperationResponse>(
            IdentityPath(gallery, identity) + ":split",
            new SplitIdentityRequest { ImageIds = imageIds, To = to, OperationId = operationId }, cancellationToken,
            takesLong: true);

    /// <summary>Erases an identity with all its images for good; its contents are refused for a while.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="identity">The identity.</param>
    /// <param name="operationId">The operation's id, to send it again safely; null: the service makes one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt; nothing of it is left.</returns>
    public Task<ErasureResponse> EraseIdentityAsync(
        string gallery, string identity, string? operationId = null, CancellationToken cancellationToken = default) =>
        EraseAsync(gallery, identity, new EraseIdentityRequest { OperationId = operationId }, cancellationToken);

    /// <summary>Erases an image for good; its content is refused for a while.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="identity">The identity.</param>
    /// <param name="imageId">The image.</param>
    /// <param name="operationId">The operation's id, to send it again safely; null: the service makes one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt; nothing of it is left.</returns>
    public Task<ErasureResponse> EraseImageAsync(string gallery, string identity, string imageId,
        string? operationId = null, CancellationToken cancellationToken = default) =>
        EraseAsync(
            gallery, identity, new EraseIdentityRequest { ImageId = imageId, OperationId = operationId },
            cancellationToken);

    /// <summary>An erasure that was carried out.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="operationId">Its id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    public Task<ErasureResponse> GetErasureAsync(
        string gallery, string operationId, CancellationToken cancellationToken = default) =>
        _api.GetAsync<ErasureResponse>(
            ApiConnection.Path("galleries", gallery, "erasures", operationId), cancellationToken);

    /// <summary>Finds identities whose ids are spellings of one name; nothing is written.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The names.</returns>
    public Task<SpellingsResponse> FindSpellingsAsync(
        string gallery, CancellationToken cancellationToken = default) =>
        _api.GetAsync<SpellingsResponse>(
            ApiConnection.Path("galleries", gallery) + "/identities:spellings", cancellationToken, takesLong: true);

    /// <summary>Gives an identity another id.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="identity">The identity.</param>
    /// <param name="to">The new id, which no identity has.</param>
    /// <param name="operationId">The operation's id, to send it again safely; null: the service makes one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    public Task<OperationResponse> RenameIdentityAsync(
        string gallery, string identity, string to, string? operationId = null,
        CancellationToken cancellationToken = default) =>
        _api.PostJsonAsync<OperationResponse>(
            IdentityPath(gallery, identity) + ":rename",
            new RenameIdentityRequest { To = to, OperationId = operationId }, cancellationToken, takesLong: true);

    /// <summary>An operation that was carried out.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="operationId">Its id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    public Task<OperationResponse> GetOperationAsync(
        string gallery, string operationId, CancellationToken cancellationToken = default) =>
        _api.GetAsync<OperationResponse>(
            ApiConnection.Path("galleries", gallery, "operations", operationId), cancellationToken);

    /// <summary>Undoes an operation: what it moved goes back.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="undone">The operation to undo.</param>
    /// <param name="operationId">The undoing's own id, to send it again safely; null: the service makes one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt of the undoing.</returns>
    public Task<OperationResponse> UndoOperationAsync(
        string gallery, string undone, string? operationId = null, CancellationToken cancellationToken = default) =>
        _api.PostJsonAsync<OperationResponse>(
            ApiConnection.Path("galleries", gallery, "operations", undone) + ":undo",
            new UndoOperationRequest { OperationId = operationId }, cancellationToken, takesLong: true);

    private Task<ErasureResponse> EraseAsync(
        string gallery, string identity, EraseIdentityRequest request, CancellationToken cancellationToken) =>
        _api.PostJsonAsync<ErasureResponse>(
            IdentityPath(gallery, identity) + ":erase", request, cancellationToken, takesLong: true);
}
