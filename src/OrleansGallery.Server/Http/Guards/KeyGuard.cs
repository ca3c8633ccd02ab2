using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>
/// Lets a request to the galleries' routes, and to others that say so, through where it has a key that is good for it,
/// sent as <c>Authorization: Bearer</c> or <c>X-Api-Key</c>; before its body is read.
/// </summary>
internal sealed class KeyGuard(
    RequestDelegate next, KnownKeys keys, KeyLimits limits, IOptions<ServerOptions> options,
    IHostApplicationLifetime lifetime, TimeProvider time)
{
    public const string Header = "X-Api-Key";

    private const string Scheme = "Bearer ";

    public async Task InvokeAsync(HttpContext context)
    {
        if (!options.Value.AsksForKeys
            || context.GetEndpoint()?.Metadata is not { } route
            || (route.GetMetadata<GalleryRouteMark>() is null && route.GetMetadata<KeyNeed>() is null))
        {
            await next(context);
            return;
        }

        if (!lifetime.ApplicationStarted.IsCancellationRequested)
        {
            throw new RetryException(GalleryRoutes.Starting);
        }

        KeyNeed need = KeyNeed.Of(route);
        (ApiKey key, KeyRole role) = await AuthenticateAsync(context, need.Role);
        Caller caller = new(key, role);
        context.Features.Set(caller);
        using IDisposable place = limits.Take(key);
        caller.Require(need, context.GetRouteValue("gallery") as string);
        await next(context);
    }

    private async Task<(ApiKey Key, KeyRole Role)> AuthenticateAsync(HttpContext context, KeyRole need)
    {
        string text = TextOf(context.Request) ?? throw new UnauthorizedException(
            $"This service asks for a key: send it as 'Authorization: {Scheme}{KeyText.Prefix}…' or '{Header}' "
            + "(`gallery --key`, GALLERY_KEY). An administrator makes one with `gallery keys create`.");
        if (!KeyText.TryParse(text, out string? id, out byte[]? hash))
        {
            throw new UnauthorizedException(
                $"What was sent as the key is none of the form {KeyText.Prefix}… that `gallery keys create` makes.");
        }

        if (await keys.FindAsync(id, need).WaitAsync(context.RequestAborted) is not { } key
            || !CryptographicOperations.FixedTimeEquals(hash, key.SecretHash)
            || KeyRoles.Parse(key.Role) is not { } role)
        {
            throw new UnauthorizedException("The key is unknown here, or was revoked.");
        }

        return key.ExpiresAt <= time.GetUtcNow()
            ? throw new UnauthorizedException($"The key '{key.Id}' ended on {key.ExpiresAt:u}.")
            : (key, role);
    }

    // Another scheme is for a proxy in between.
    private static string? TextOf(HttpRequest request)
    {
        if (request.Headers[Header] is [{ Length: > 0 } own])
        {
            return own;
        }

        return request.Headers.Authorization is [{ } text]
            && text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? text[Scheme.Length..].Trim()
            : null;
    }
}
