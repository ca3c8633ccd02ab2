using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace OrleansGallery.Web;

/// <summary>
/// The page's scripts and styles, which the assembly carries in itself: they are there however the program was started,
/// from a build's folder, a published one, or a test's.
/// </summary>
internal static class PageFiles
{
    private static readonly Assembly Own = typeof(PageFiles).Assembly;

    /// <summary>Maps every file under the name that it was embedded by.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (string name in Own.GetManifestResourceNames().Where(name => name.Contains('/')))
        {
            routes.MapGet("/" + name, context => SendAsync(context, name))
                .WithMetadata(new PageMark(), new OpenPageMark())
                .ExcludeFromDescription();
        }
    }

    private static Task SendAsync(HttpContext context, string name)
    {
        // A new program may have new files under the old names: browsers ask, and mostly hear 304.
        context.Response.Headers.CacheControl = "no-cache";
        Stream content = Own.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly has no file '{name}'.");
        return Results.Stream(content, TypeOf(name), entityTag: Tags.Value[name]).ExecuteAsync(context);
    }

    private static readonly Lazy<Dictionary<string, EntityTagHeaderValue>> Tags = new(() =>
        Own.GetManifestResourceNames().ToDictionary(name => name, TagOf, StringComparer.Ordinal));

    private static EntityTagHeaderValue TagOf(string name)
    {
        using Stream content = Own.GetManifestResourceStream(name)!;
        return new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\"");
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        string other => throw new InvalidOperationException($"Files '{other}' have no media type here."),
    };
}
