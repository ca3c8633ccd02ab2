using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>The key that a route takes. Where nothing is said, GET takes one that may read, and all else one that may
/// write.</summary>
/// <param name="Role">The least role.</param>
/// <param name="AllGalleries">Whether it must be good for all galleries.</param>
internal sealed record KeyNeed(KeyRole Role, bool AllGalleries = false)
{
    private static readonly KeyNeed Reading = new(KeyRole.Read);
    private static readonly KeyNeed Writing = new(KeyRole.Write);

    /// <summary>What a route takes, by its metadata.</summary>
    public static KeyNeed Of(IEnumerable<object> metadata) => metadata.OfType<KeyNeed>().LastOrDefault()
        ?? (metadata.OfType<IHttpMethodMetadata>().LastOrDefault()?.HttpMethods.All(HttpMethods.IsGet) == true
            ? Reading
            : Writing);
}
