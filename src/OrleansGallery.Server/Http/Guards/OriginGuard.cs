using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Server;

/// <summary>
/// A service on the loopback address has no keys, but a browser on the same machine shows anybody's pages. So a request
/// must name a loopback host, which a page from elsewhere cannot make its own name resolve to unnoticed, and must not
/// come from a page of another origin. Where keys are asked for, a page has none of its visitor's to send.
/// </summary>
internal sealed class OriginGuard(RequestDelegate next, IOptions<ServerOptions> options)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (options.Value.AsksForKeys)
        {
            return next(context);
        }

        string host = context.Request.Host.Host;
        if (host.Length > 0 && !IsLoopback(host))
        {
            throw new InvalidRequestException(
                $"The host '{host}' is no loopback name; this service answers to those only.");
        }

        if (context.Request.Headers.Origin is [{ Length: > 0 } origin]
            && (!Uri.TryCreate(origin, UriKind.Absolute, out Uri? page) || !IsLoopback(page.Host)))
        {
            throw new InvalidRequestException($"A page of '{origin}' may not use this service.");
        }

        return next(context);
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
