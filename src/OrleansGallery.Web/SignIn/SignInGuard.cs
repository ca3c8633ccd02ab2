using Microsoft.AspNetCore.Http;

namespace OrleansGallery.Web;

/// <summary>Where the service asks for keys, shows the page and its circuit to visitors who signed in, and the others
/// where they can.</summary>
internal sealed class SignInGuard(RequestDelegate next, PageSession session, PageConnection connection)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!connection.AsksForKeys || context.GetEndpoint()?.Metadata is not { } page
            || page.GetMetadata<PageMark>() is null || page.GetMetadata<OpenPageMark>() is not null)
        {
            return next(context);
        }

        if (session.KeyOf(context) is { } key)
        {
            PageSession.Show(context, key);
            return next(context);
        }

        if (HttpMethods.IsGet(context.Request.Method)
            && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
        {
            context.Response.Redirect(SignInEndpoints.AddressFor(context.Request.Path + context.Request.QueryString));
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }

        return Task.CompletedTask;
    }
}
