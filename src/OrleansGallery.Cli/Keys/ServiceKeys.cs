using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>The keys of a running service, which asks for one itself.</summary>
internal sealed class ServiceKeys(GalleryClient client) : IKeyAccess
{
    public Task<KeyResponse> CreateAsync(CreateKeyRequest request, CancellationToken cancellationToken) =>
        client.CreateKeyAsync(request, cancellationToken);

    public Task<IReadOnlyList<KeyResponse>> ListAsync(bool withRevoked, CancellationToken cancellationToken) =>
        client.ListKeysAsync(withRevoked, cancellationToken);

    public Task<KeyResponse> RevokeAsync(string id, CancellationToken cancellationToken) =>
        client.RevokeKeyAsync(id, cancellationToken);

    public void Dispose() => client.Dispose();
}
