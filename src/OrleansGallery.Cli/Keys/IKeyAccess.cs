using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>The keys, wherever they are reached.</summary>
internal interface IKeyAccess : IDisposable
{
    /// <returns>The key, with itself.</returns>
    Task<KeyResponse> CreateAsync(CreateKeyRequest request, CancellationToken cancellationToken);

    Task<IReadOnlyList<KeyResponse>> ListAsync(bool withRevoked, CancellationToken cancellationToken);

    /// <returns>The key as it is now.</returns>
    Task<KeyResponse> RevokeAsync(string id, CancellationToken cancellationToken);
}
