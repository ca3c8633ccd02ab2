using Microsoft.AspNetCore.Http;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Who asks, by the key that came with the request. Where no keys are asked for, nobody is known and everybody
/// may do everything.</summary>
/// <param name="Key">The key.</param>
/// <param name="Role">What it is good for.</param>
internal sealed record Caller(ApiKey Key, KeyRole Role)
{
    /// <summary>The key's id.</summary>
    public string KeyId => Key.Id;

    /// <summary>The caller of a request; null: no key was asked for.</summary>
    public static Caller? Of(HttpContext context) => context.Features.Get<Caller>();

    /// <summary>Whether a request may see a gallery.</summary>
    public static bool MaySee(HttpContext context, string gallery) => Of(context)?.Has(gallery) ?? true;

    /// <summary>Refuses a request that names a gallery elsewhere than in its path.</summary>
    /// <exception cref="ForbiddenException">The key is not good for it.</exception>
    public static void RequireGallery(HttpContext context, string gallery)
    {
        if (!MaySee(context, gallery))
        {
            throw new ForbiddenException($"The key '{Of(context)!.KeyId}' is not good for the gallery '{gallery}'.");
        }
    }

    /// <exception cref="ForbiddenException">The key is not good for that.</exception>
    public void Require(KeyNeed need, string? gallery)
    {
        if (Role < need.Role)
        {
            throw new ForbiddenException(
                $"This takes a key of the role {KeyRoles.NameOf(need.Role)}; the key '{KeyId}' has the role "
                + $"{KeyRoles.NameOf(Role)}.");
        }

        if (need.AllGalleries && Key.Galleries is not null)
        {
            throw new ForbiddenException(
                $"This takes a key that is good for all galleries; the key '{KeyId}' is good for some.");
        }

        if (gallery is not null && !Has(gallery))
        {
            throw new ForbiddenException($"The key '{KeyId}' is not good for the gallery '{gallery}'.");
        }
    }

    private bool Has(string gallery) => Key.Galleries?.Contains(gallery, StringComparer.Ordinal) ?? true;
}
