using Microsoft.Playwright;

namespace OrleansGallery.WebTests.Fixtures;

/// <summary>Pictures of pages, kept where the variable <c>GALLERY_SCREENSHOTS</c> names a folder.</summary>
internal static class Screenshots
{
    public static async Task KeepAsync(IPage page, string name, bool fullPage = false)
    {
        if (Environment.GetEnvironmentVariable("GALLERY_SCREENSHOTS") is not { Length: > 0 } folder)
        {
            return;
        }

        // Dialogs and ripples move for a moment.
        await page.WaitForTimeoutAsync(400);
        await page.ScreenshotAsync(
            new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = fullPage });
    }

    /// <summary>A picture for README.md: small enough to lie in the repository.</summary>
    public static async Task KeepSmallAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("GALLERY_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = Path.Combine(folder, $"{name}.jpg"), Type = ScreenshotType.Jpeg, Quality = 85,
            });
        }
    }
}
