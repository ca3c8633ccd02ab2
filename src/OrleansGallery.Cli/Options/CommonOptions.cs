using System.CommandLine;
using OrleansGallery.Client;

namespace OrleansGallery.Cli;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public const string UrlVariable = "GALLERY_URL";

    /// <summary>Where the service is.</summary>
    public static Option<string> Url { get; } = new("--url")
    {
        Description = $"The service's address (environment variable {UrlVariable}).",
        HelpName = "URL",
        Recursive = true,
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(UrlVariable) is { Length: > 0 } named
            ? named
            : GalleryClientOptions.DefaultUrl.GetLeftPart(UriPartial.Authority),
    };

    /// <summary>Whether the answer is one JSON document.</summary>
    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one JSON document on standard output.",
        Recursive = true,
    };

    /// <summary>The gallery's name.</summary>
    public static Argument<string> Gallery() => new("GALLERY") { Description = "The gallery's name." };
}
