using OrleansGallery.Contracts;
using OrleansGallery.Web;
using OrleansGallery.WebTests.Fixtures;

namespace OrleansGallery.WebTests.Pages;

/// <summary>A verification that a healthy service does not answer. No browser is needed.</summary>
public sealed class VerificationTests
{
    [Fact]
    public async Task Render_Differences_AreListedAsText()
    {
        string html = await RenderedHtml.OfAsync<Verification>(("Of", new VerificationResponse
        {
            Ok = false, Identities = 1_234, Images = 5, RootHash = "0a0b",
            Differences = ["Identity '<i>anna</i>' has another hash.", "Identity 'bob' is missing."],
        }));

        Assert.Contains("2 differences found", html, StringComparison.Ordinal);
        Assert.Contains("1,234 identities", html, StringComparison.Ordinal);
        Assert.Contains("&#x27;&lt;i&gt;anna&lt;/i&gt;&#x27; has another hash.", html, StringComparison.Ordinal);
        Assert.Contains("role=\"alert\"", html, StringComparison.Ordinal);
        Assert.Contains("0a0b", html, StringComparison.Ordinal);
    }
}
