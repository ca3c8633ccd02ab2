using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Web;

/// <summary>What the visitor may do by his key, asked of the service once per circuit: roles and galleries of a key
/// never change.</summary>
/// <param name="client">Asks with the visitor's key.</param>
internal sealed class OwnAccess(GalleryClient client)
{
    private Task<OwnKeyResponse>? _asked;

    /// <exception cref="GalleryApiException">Nobody says it; it is asked again the next time.</exception>
    public Task<OwnKeyResponse> GetAsync() =>
        _asked is { IsFaulted: false, IsCanceled: false } ? _asked : _asked = client.GetOwnKeyAsync();

    /// <summary>Why a visitor may not do something.</summary>
    /// <param name="own">Who he is.</param>
    /// <param name="need">What it takes.</param>
    /// <returns>The reason; null: he may.</returns>
    public static string? Refuse(OwnKeyResponse own, AccessNeed need)
    {
        if (own.Key is not { } key)
        {
            return null;
        }

        if (key.Role < need.Role)
        {
            return $"This takes a key of the role {KeyWords.Of(need.Role)}; yours, '{key.Name}', has the role "
                + $"{KeyWords.Of(key.Role)}.";
        }

        if (need.AllGalleries && key.Galleries is not null)
        {
            return $"This takes a key that is good for all galleries; yours, '{key.Name}', is good for some.";
        }

        return need.Gallery is null || key.Galleries?.Contains(need.Gallery, StringComparer.Ordinal) != false
            ? null
            : $"Your key, '{key.Name}', is not good for the gallery '{need.Gallery}'.";
    }
}
