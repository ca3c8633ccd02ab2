using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scalar.AspNetCore;

namespace OrleansGallery.Web;

/// <summary>The HTTP API's reference at <see cref="Links.Reference"/>, drawn from the service's own OpenAPI document by
/// scripts of the package Scalar. It asks nobody but this service: fonts, telemetry and what its makers run elsewhere
/// are off.</summary>
internal static class ReferencePage
{
    private const string Header =
        """<header class="to-galleries"><a href="/">To the galleries</a></header>""";

    // The fonts are those of the reader's system; the header stays in sight, and the sidebar begins below it.
    private const string Styles =
        """
        :root {
            --scalar-custom-header-height: 44px;
            --scalar-font: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
            --scalar-font-code: ui-monospace, "DejaVu Sans Mono", Menlo, monospace;
        }
        .to-galleries {
            position: sticky; top: 0; z-index: 10; display: flex; align-items: center; gap: 20px; height: 44px;
            box-sizing: border-box; padding: 0 16px; font-family: var(--scalar-font); font-size: 15px;
            background: var(--scalar-background-1); border-bottom: 1px solid var(--scalar-border-color);
        }
        .to-galleries a { color: var(--scalar-color-accent); }
        """;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapScalarApiReference(Links.Reference, (options, context) => Configure(options, ScriptNonce.Of(context)))
        .WithMetadata(new PageMark(), new InlineScriptMark())
        .ExcludeFromDescription();

    private static void Configure(ScalarOptions options, string nonce)
    {
        options.Title = "HTTP API - OrleansGallery";
        options.Nonce = nonce;
        // One of its parts tries whether it may compile code, which the policy forbids and a browser reports.
        options.HeadContent =
            $$"""
            <link rel="icon" type="image/svg+xml" href="/page/icon.svg" />
            <script nonce="{{nonce}}">globalThis.__zod_globalConfig = { jitless: true };</script>
            """;
        options.HeaderContent = Header;
        options.CustomCss = Styles;
        options.JavaScriptConfiguration = "/page/reference.js";
        options.AddDocument("v1", "OrleansGallery");
        options.Favicon = "/page/icon.svg";
        options.DefaultFonts = false;
        options.DefaultOpenAllTags = true;
        options.Telemetry = false;
        options.HideClientButton = true;
        options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
        options.DisableAgent();
        options.DisableMcp();
    }
}
