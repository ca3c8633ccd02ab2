using System.CommandLine;
using System.CommandLine.Parsing;
using OrleansGallery.Client;

namespace OrleansGallery.Cli;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    private const string UrlVariable = "GALLERY_URL";

    /// <summary>Where the service is.</summary>
    public static Option<string> Url { get; } = CreateUrl();

    /// <summary>Whether the answer is one JSON document.</summary>
    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one JSON document on standard output.",
        Recursive = true,
    };

    /// <summary>The gallery's name.</summary>
    public static Argument<string> Gallery() => new("GALLERY") { Description = "The gallery's name." };

    private static Option<string> CreateUrl()
    {
        Option<string> url = new("--url")
        {
            Description = $"The service's address (environment variable {UrlVariable}).",
            HelpName = "URL",
            Recursive = true,
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable(UrlVariable) is { Length: > 0 } named
                ? named
                : GalleryClientOptions.DefaultUrl.GetLeftPart(UriPartial.Authority),
        };
        url.Validators.Add(RequireHttp);
        return url;
    }

    private static void RequireHttp(OptionResult result)
    {
        string? text = result.GetValueOrDefault<string>();
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
        {
            result.AddError($"'{text}' (--url, {UrlVariable}) is no address of the form http://127.0.0.1:5210.");
        }
    }
}
