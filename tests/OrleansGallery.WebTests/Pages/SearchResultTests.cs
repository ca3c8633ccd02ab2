using OrleansGallery.Contracts;
using OrleansGallery.Web;
using OrleansGallery.WebTests.Fixtures;

namespace OrleansGallery.WebTests.Pages;

/// <summary>Answers that a healthy service of one process does not give. No browser is needed.</summary>
public sealed class SearchResultTests
{
    private static readonly SearchResponse Usual = new()
    {
        Decision = Decision.Known,
        Matches = [new SearchMatch { Rank = 1, Identity = "<i>anna</i>", Score = 0.75, Count = 1_234 }],
        Partial = false,
        Confirmed = true,
        Partitions = new PartitionsAsked { Asked = 4, Answered = 4, Missing = [] },
        Evidence = new SearchEvidence
        {
            RowsScanned = 10, RowsRescored = 1, Projected = Nothing, Quantized = Nothing, Flat = Nothing,
        },
    };

    private static ScanStage Nothing => new() { Bounded = 0, Passed = 0 };

    [Fact]
    public async Task Render_PartialAnswer_SaysHowManyAnswered()
    {
        string html = await RenderAsync(Usual with
        {
            Partial = true, Partitions = new PartitionsAsked { Asked = 4, Answered = 3, Missing = [2] },
        });

        Assert.Contains("This answer is partial: 3 of", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Not confirmed", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_UnconfirmedAnswer_SaysSo()
    {
        string html = await RenderAsync(Usual with { Confirmed = false });

        Assert.Contains("Not confirmed", html, StringComparison.Ordinal);
        Assert.DoesNotContain("partial", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Decision.Known, "reaches the gallery&#x27;s threshold of 0.5000")]
    [InlineData(Decision.Ambiguous, "within the gallery&#x27;s margin of 0.1000")]
    [InlineData(Decision.Unknown, "below the gallery&#x27;s threshold of 0.5000")]
    public async Task Render_Decision_SaysWhy(Decision decision, string reason) =>
        Assert.Contains(reason, await RenderAsync(Usual with { Decision = decision }), StringComparison.Ordinal);

    [Fact]
    public async Task Render_IdentityThatIsMarkup_IsEncoded()
    {
        string html = await RenderAsync(Usual);

        Assert.Contains("&lt;i&gt;anna&lt;/i&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>", html, StringComparison.Ordinal);
        Assert.Contains("1,234 images", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PictureKeep.None)]
    [InlineData(PictureKeep.Thumbnail)]
    public async Task Render_WithoutAPicture_ShowsTheInitial(PictureKeep keep)
    {
        string html = await RenderAsync(Usual, keep);

        Assert.Contains("""<span class="tile" aria-hidden="true">&lt;</span>""", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
    }

    private static Task<string> RenderAsync(SearchResponse answer, PictureKeep keep = PictureKeep.None)
    {
        GalleryResponse gallery = new()
        {
            Name = "people", Dimension = 4, Partitions = 4, Identities = 1, Images = 1, RootHash = "00",
            Threshold = 0.5, Margin = 0.1, Keep = keep,
        };
        return RenderedHtml.OfAsync<SearchResult>(
            ("Gallery", gallery), ("Answer", answer), ("Milliseconds", 12d));
    }
}
