using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Web;

/// <summary>Signing in with a key, and out; plain forms, so that nothing of the page runs before.</summary>
internal static class SignInEndpoints
{
    private const string Path = "/sign-in";
    private const string OutPath = "/sign-out";
    private const string Field = "key";
    private const string To = "to";
    private const string Unknown = "This key is unknown, revoked or over.";

    // A key, a token and an address of the page: whoever sends more, without a key, sends no form of this page.
    private const int MaxBodyBytes = 8 * 1024;

    public static string AddressFor(string page) => $"{Path}?{To}={Uri.EscapeDataString(page)}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (IEndpointConventionBuilder route in (IEndpointConventionBuilder[])
        [
            routes.MapGet(Path, Show), routes.MapPost(Path, SignInAsync), routes.MapPost(OutPath, SignOutAsync),
        ])
        {
            route.WithMetadata(
                new PageMark(), new OpenPageMark(), new ExcludeFromDescriptionAttribute(),
                new RequestSizeLimitAttribute(MaxBodyBytes));
        }
    }

    private static RazorComponentResult<SignInPage> Show(
        HttpContext context, PageSession session, IAntiforgery forgery) =>
        Page(context, forgery, LocalOf(context.Request.Query[To]), session.KeyOf(context) is not null);

    private static async Task<IResult> SignInAsync(
        HttpContext context, PageSession session, PageConnection connection, IAntiforgery forgery)
    {
        IFormCollection form = await ReadFormAsync(context);
        if (!await forgery.IsRequestValidAsync(context))
        {
            return Page(context, forgery, "/", fault: "The form was too old. Send it again.", status: 400);
        }

        string key = form[Field].ToString().Trim();
        string to = LocalOf(form[To]);
        if (!Ascii.IsValid(key) || key.Any(char.IsControl))
        {
            // No header could carry it.
            return Page(context, forgery, to, fault: Unknown, status: StatusCodes.Status401Unauthorized);
        }

        try
        {
            await connection.Client.WithKey(key.Length == 0 ? null : key).GetOwnKeyAsync(context.RequestAborted);
        }
        catch (GalleryApiException refused)
        {
            string fault = refused.Code == ErrorCodes.Unauthorized
                ? Unknown
                : refused.Detail;
            int status = refused.Status ?? StatusCodes.Status503ServiceUnavailable;
            return Page(context, forgery, to, fault: fault, status: status);
        }

        session.Open(context, key);
        return TypedResults.LocalRedirect(HeaderTextOf(to));
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery forgery)
    {
        await ReadFormAsync(context);
        if (!await forgery.IsRequestValidAsync(context))
        {
            return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
        }

        PageSession.Close(context);
        return TypedResults.LocalRedirect(Path);
    }

    // What cannot be read is the sender's fault; the framework's check of the token would take it for its own.
    private static async Task<IFormCollection> ReadFormAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return FormCollection.Empty;
        }

        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception exception) when (
            exception is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new BadHttpRequestException(
                $"The form cannot be read: {exception.Message}", StatusCodes.Status400BadRequest, exception);
        }
    }

    private static string HeaderTextOf(string page) => string.Concat(page.EnumerateRunes().Select(
        rune => rune.IsAscii && rune.Value > ' ' ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));

    // Nobody is sent elsewhere by a link to here.
    private static string LocalOf(string? page) =>
        page is ['/', ..] and not ['/', '/' or '\\', ..] && !page.StartsWith(Path, StringComparison.Ordinal)
            && !page.Any(char.IsControl)
            ? page
            : "/";

    private static RazorComponentResult<SignInPage> Page(
        HttpContext context, IAntiforgery forgery, string to, bool isSignedIn = false, string? fault = null,
        int status = StatusCodes.Status200OK)
    {
        context.Response.Headers.CacheControl = "no-store";
        AntiforgeryTokenSet tokens = forgery.GetAndStoreTokens(context);
        return new RazorComponentResult<SignInPage>(new Dictionary<string, object?>
        {
            [nameof(SignInPage.TokenField)] = tokens.FormFieldName,
            [nameof(SignInPage.Token)] = tokens.RequestToken,
            [nameof(SignInPage.To)] = to,
            [nameof(SignInPage.IsSignedIn)] = isSignedIn,
            [nameof(SignInPage.Fault)] = fault,
        })
        {
            StatusCode = status,
        };
    }
}
