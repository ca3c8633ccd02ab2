using Microsoft.AspNetCore.Http;

namespace OrleansGallery.Web;

/// <summary>
/// Says to browsers what the page may load and who may frame it, and keeps other origins off its connection. The API
/// takes requests of any page on a loopback address, which say what they want; a circuit belongs to the page alone, and
/// WebSockets are open to every origin that nobody refuses.
/// </summary>
internal sealed class PageGuard(RequestDelegate next)
{
    // Styles: the components position and colour by style attributes, and the reference's scripts add style elements.
    // Pictures: blob: is the query, from the browser's own memory.
    private const string ContentPolicy =
        "; default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; "
        + "font-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata is not { } page || page.GetMetadata<PageMark>() is null)
        {
            return next(context);
        }

        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = (page.GetMetadata<InlineScriptMark>() is null
            ? "script-src 'self'"
            : $"script-src 'self' 'nonce-{ScriptNonce.MakeFor(context)}'") + ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // Other sites hear nothing. Without any, a browser would hide the origin of the page's own forms from this
        // guard.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()";
        if (IsOfThisOrigin(context.Request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static bool IsOfThisOrigin(HttpRequest request) =>
        request.Headers.Origin.ToString() is var origin
        && (origin.Length == 0
            || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase));
}
