using Microsoft.AspNetCore.Builder;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Says which key a route takes.</summary>
internal static class KeyNeedExtensions
{
    public static RouteHandlerBuilder NeedsKey(
        this RouteHandlerBuilder route, KeyRole role, bool allGalleries = false) =>
        route.WithMetadata(new KeyNeed(role, allGalleries));
}
