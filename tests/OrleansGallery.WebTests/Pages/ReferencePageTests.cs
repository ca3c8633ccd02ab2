using Microsoft.Playwright;
using OrleansGallery.WebTests.Fixtures;

namespace OrleansGallery.WebTests.Pages;

/// <summary>The reference of the HTTP API. What it would ask another host for, and what its policy forbids it, are the
/// window's faults.</summary>
[Collection(PageTests.Name), Trait("Category", "Web")]
public sealed class ReferencePageTests(ShownPage shown)
{
    private const string Operation = "Whether the process can serve";

    [Theory]
    [InlineData("desktop", 1280, ColorScheme.Light)]
    [InlineData("dark", 1280, ColorScheme.Dark)]
    [InlineData("phone", 390, ColorScheme.Light)]
    public async Task Reference_FromTheNavigation_DrawsTheOperations(string screen, int width, ColorScheme colours)
    {
        BrowserNewContextOptions options = new()
        {
            ViewportSize = new ViewportSize { Width = width, Height = 800 }, ColorScheme = colours,
        };
        await using BrowserWindow window = await shown.OpenAsync("/", options);
        await window.Page.AddInitScriptAsync(
            "addEventListener('securitypolicyviolation', e => console.error(e.violatedDirective, e.blockedURI))");

        await window.Link("API").ClickAsync();
        await window.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = Operation }).First
            .WaitForAsync();

        await Screenshots.KeepAsync(window.Page, $"reference-{screen}");
        Assert.Equal(
            colours == ColorScheme.Dark,
            await window.Page.EvaluateAsync<bool>("document.body.classList.contains('dark-mode')"));
        int[] widths = await window.Page.EvaluateAsync<int[]>(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]");
        Assert.True(widths[0] <= widths[1], $"It is {widths[0]} wide on a screen of {widths[1]}.");
        await window.Link("To the galleries").ClickAsync();
        await window.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Galleries" }).WaitForAsync();
    }

    [Fact]
    public async Task Reference_RequestTriedInIt_AsksThisService()
    {
        await using BrowserWindow window = await shown.OpenAsync("/reference/");

        await window.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Test Request (get /livez)" })
            .ClickAsync();
        await window.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Send" }).First.ClickAsync();

        await window.Text("\"live\"").First.WaitForAsync();
    }
}
