using Microsoft.Playwright;

namespace OrleansGallery.WebTests.Fixtures;

/// <summary>The system's browser; none is downloaded.</summary>
internal static class Chromium
{
    private static readonly string[] Places =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    public static string? Find() => Array.Find(Places, File.Exists);

    /// <summary>Skips the test where there is no browser; in CI that is a failure.</summary>
    public static string Require()
    {
        if (Find() is { } program)
        {
            return program;
        }

        string missing = $"No browser: there is none of {string.Join(", ", Places)} (apt-get install chromium).";
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", missing);
        Assert.Fail(missing);
        return string.Empty;
    }

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(
        new BrowserTypeLaunchOptions
        {
            ExecutablePath = Require(),
            // Tests may run as root, whom its sandbox refuses; what it shows is our own.
            Args = ["--no-sandbox", "--disable-dev-shm-usage"],
        });
}
