using System.CommandLine;
using OrleansGallery.Client;

namespace OrleansGallery.Cli;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public const string UrlVariable = "GALLERY_URL";
    public const string KeyVariable = "GALLERY_KEY";

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

    /// <summary>The key that the service asks for. The variable is no default value: help would print it.</summary>
    public static Option<string?> Key { get; } = new("--key")
    {
        Description = "The key, where the service asks for one; better in the environment variable "
            + $"{KeyVariable}, which others on this machine do not see.",
        HelpName = "KEY",
        Recursive = true,
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
