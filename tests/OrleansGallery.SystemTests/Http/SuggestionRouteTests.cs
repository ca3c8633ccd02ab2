using System.Net;
using System.Text.Json;
using OrleansGallery.Contracts;
using OrleansGallery.SystemTests.Fixtures;

namespace OrleansGallery.SystemTests.Http;

/// <summary>Merge suggestions and confusability: the routes, the client and the command line.</summary>
public sealed class SuggestionRouteTests(RunningService service)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Refresh_ThenMergeAndDismiss_ListsWhatIsLeft()
    {
        string gallery = await FilledAsync();
        SuggestionsResponse before = await service.Client.GetSuggestionsAsync(gallery, cancellationToken: Cancelled);
        Assert.Equal((0, null, false, null), (
            before.Suggestions.Count, before.RefreshedAt, before.Stale, before.Refresh));

        SuggestionRunResponse run = await service.Client.RefreshSuggestionsAsync(
            gallery, new RefreshSuggestionsRequest { MinScore = 0.9 }, cancellationToken: Cancelled);

        Assert.Equal((SuggestionRunState.Done, 6L, 6L, null), (run.State, run.Searched, run.Total, run.Error));
        SuggestionsResponse found = await service.Client.GetSuggestionsAsync(
            gallery, limit: 2, cancellationToken: Cancelled);
        Assert.Equal((2, "2", 0.9, false, 0), (
            found.Suggestions.Count, found.Next, found.MinScore, found.Stale, found.Dismissed));
        SuggestionsResponse rest = await service.Client.GetSuggestionsAsync(
            gallery, cursor: found.Next, cancellationToken: Cancelled);
        Assert.Null(rest.Next);
        SuggestionResponse[] all = [.. found.Suggestions, .. rest.Suggestions];
        Assert.Equal(
            ["a0 a1", "b0 b1", "c0 c1"], all.Select(pair => $"{pair.One.Identity} {pair.Other.Identity}").Order());
        Assert.All(all, pair => Assert.True(pair.Mutual && !pair.Changed && pair.Score > 0.9));
        Assert.True(all[0].Score >= all[1].Score && all[1].Score >= all[2].Score);

        await service.Client.MergeIdentityAsync(gallery, "a1", "a0", cancellationToken: Cancelled);
        DismissSuggestionResponse aside =
            await service.Client.DismissSuggestionAsync(gallery, "b1", "b0", Cancelled);
        Assert.Equal(("b1", "b0", true), (aside.One, aside.Other, aside.Dismissed));
        SuggestionsResponse left = await service.Client.GetSuggestionsAsync(gallery, cancellationToken: Cancelled);
        Assert.Equal("c0", Assert.Single(left.Suggestions).One.Identity);
        Assert.Equal((true, 1), (left.Stale, left.Dismissed));
        SuggestionsResponse dismissed = await service.Client.GetSuggestionsAsync(
            gallery, dismissed: true, cancellationToken: Cancelled);
        Assert.Equal("b0", Assert.Single(dismissed.Suggestions).One.Identity);
        Assert.Empty((await service.Client.GetSuggestionsAsync(
            gallery, minScore: 0.9999999, cancellationToken: Cancelled)).Suggestions);

        Assert.False((await service.Client.RestoreSuggestionAsync(gallery, "b0", "b1", Cancelled)).Dismissed);
        Assert.Equal(2, (await service.Client.CancelSuggestionsAsync(gallery, Cancelled)).Suggestions.Count);
    }

    [Fact]
    public async Task Confusability_OfTwo_EqualsAPlainComputation()
    {
        string gallery = await service.CreateGalleryAsync();
        float[][] one = [[1, 0, 0, 0], [0.9f, 0.3f, 0, 0], [0.2f, 1, 0.1f, 0]];
        float[][] other = [[0, 1, 0, 0], [0.1f, 0.8f, 0.3f, 0]];
        await EnrolAsync(gallery, "one", one, "f1");
        await EnrolAsync(gallery, "other", other, "f1");
        await EnrolAsync(gallery, "single", [[0, 0, 0, 1]], "");

        ConfusabilityResponse found =
            await service.Client.GetConfusabilityAsync(gallery, "one", "other", Cancelled);

        long nearer = one.Where((image, i) =>
            Cosine(image, Mean(other)) > Cosine(image, Mean([.. one.Where((_, j) => j != i)]))).Count();
        Assert.Equal(1, nearer);
        Assert.Equal(
            ("one", 3L, 3L, nearer, 1.0 / 3),
            (found.One.Identity, found.One.Count, found.One.Compared, found.One.NearerToOther, found.One.Share));
        Assert.Equal(("other", 2L, 2L, 0L, 0.0), (
            found.Other.Identity, found.Other.Count, found.Other.Compared, found.Other.NearerToOther,
            found.Other.Share));
        Assert.Equal(Cosine(Mean(one), Mean(other)), found.Score!.Value, 1e-6);
        float[] merged = Mean([.. one, .. other]);
        Assert.Equal(
            one.Concat(other).Average(image => 1 - Cosine(image, merged)), found.MergedDispersion!.Value, 1e-6);
        Assert.Equal(["f1"], found.SharedFacets);
        ConfusabilityResponse alone =
            await service.Client.GetConfusabilityAsync(gallery, "single", "other", Cancelled);
        Assert.Equal((0L, 0L, null), (alone.One.Compared, alone.One.NearerToOther, alone.One.Share));
    }

    [Theory]
    [InlineData("POST", "suggestions:refresh", """{"minScore":1.5}""", 400, ErrorCodes.InvalidRequest)]
    [InlineData("POST", "suggestions:refresh", """{"minScore":"NaN"}""", 400, ErrorCodes.InvalidRequest)]
    [InlineData("POST", "suggestions:refresh", """{"pairs":0}""", 400, ErrorCodes.InvalidRequest)]
    [InlineData("POST", "suggestions:refresh", """{"threshold":0.5}""", 400, ErrorCodes.InvalidRequest)]
    [InlineData("POST", "suggestions:dismiss", """{"one":"a0","other":"a0"}""", 400, ErrorCodes.InvalidRequest)]
    [InlineData("POST", "suggestions:dismiss", """{"one":"a0"}""", 400, ErrorCodes.InvalidId)]
    [InlineData("POST", "suggestions:dismiss", """{"one":"a0","other":"zz"}""", 404, ErrorCodes.IdentityNotFound)]
    [InlineData("POST", "suggestions:restore", """{"one":"a0","other":"a0"}""", 400, ErrorCodes.InvalidRequest)]
    [InlineData("GET", "suggestions?minScore=NaN", "", 400, ErrorCodes.InvalidRequest)]
    [InlineData("GET", "suggestions?minScore=-1.1", "", 400, ErrorCodes.InvalidRequest)]
    [InlineData("GET", "suggestions?limit=0", "", 400, ErrorCodes.InvalidRequest)]
    [InlineData("GET", "suggestions?limit=101", "", 400, ErrorCodes.InvalidRequest)]
    [InlineData("GET", "suggestions?cursor=a", "", 400, ErrorCodes.InvalidRequest)]
    [InlineData("GET", "suggestions?dismissed=1", "", 400, ErrorCodes.InvalidRequest)]
    [InlineData("GET", "identities/a0/confusability/a0", "", 400, ErrorCodes.InvalidRequest)]
    [InlineData("GET", "identities/a0/confusability/zz", "", 404, ErrorCodes.IdentityNotFound)]
    [InlineData("GET", "identities/zz/confusability/a0", "", 404, ErrorCodes.IdentityNotFound)]
    public async Task Ask_ForWhatIsNone_IsRefused(string method, string path, string body, int status, string code)
    {
        string gallery = await FilledAsync();
        string address = $"/v1/galleries/{Uri.EscapeDataString(gallery)}/{path}";

        using HttpResponseMessage response = method == "GET"
            ? await service.Http.GetAsync(address, Cancelled)
            : await service.PostAsync(address, body);

        await RunningService.ProblemAsync(response, status, code);
    }

    [Theory]
    [InlineData("GET", "suggestions")]
    [InlineData("POST", "suggestions:refresh")]
    [InlineData("POST", "suggestions:cancel")]
    [InlineData("GET", "identities/a/confusability/b")]
    public async Task Ask_AGalleryThatIsNot_IsRefused(string method, string path)
    {
        using HttpResponseMessage response = method == "GET"
            ? await service.Http.GetAsync($"/v1/galleries/nobody/{path}", Cancelled)
            : await service.PostAsync($"/v1/galleries/nobody/{path}", "{}");

        await RunningService.ProblemAsync(response, 404, ErrorCodes.GalleryNotFound);
    }

    [Fact]
    public async Task Commands_RefreshDismissAndCompare_PrintTables()
    {
        string gallery = await FilledAsync();
        using PictureFolder folder = new();
        GalleryCommand command = new(service, folder.Models);

        (int code, string text, string error) = await command.RunAsync("suggestions", gallery);
        Assert.Equal((0, string.Empty), (code, error));
        Assert.Contains("never: --refresh does", text, StringComparison.Ordinal);
        (code, text, error) = await command.RunAsync("suggestions", gallery, "--refresh", "--min-score", "0.9");
        Assert.Equal((0, string.Empty), (code, error));
        Assert.All((string[])["a0", "b1", "c0", "0.9000", "yes"], word => Assert.Contains(
            word, text, StringComparison.Ordinal));
        (code, text, error) = await command.RunAsync(
            "suggestions", gallery, "--dismiss", "a1", "a0", "--json", "--limit", "0");
        Assert.Equal((0, string.Empty), (code, error));
        SuggestionsResponse found = JsonSerializer.Deserialize<SuggestionsResponse>(text, GalleryJson.Options)!;
        Assert.Equal((2, 1), (found.Suggestions.Count, found.Dismissed));
        (code, text, error) = await command.RunAsync("suggestions", gallery, "--restore", "a1", "a0", "--dismissed");
        Assert.Equal((0, string.Empty), (code, error));
        Assert.DoesNotContain("a1", text, StringComparison.Ordinal);

        (code, text, error) = await command.RunAsync("confusability", gallery, "a0", "a1");
        Assert.Equal((0, string.Empty), (code, error));
        Assert.All((string[])["dispersion as one", "nearer to the other", "a0", "a1"], word => Assert.Contains(
            word, text, StringComparison.Ordinal));
        (code, _, error) = await command.RunAsync("suggestions", gallery, "--min-score", "2");
        Assert.NotEqual(0, code);
        Assert.NotEqual(string.Empty, error);
    }

    [Fact]
    public async Task Refresh_BodyOfAnotherType_IsRefused()
    {
        string gallery = await FilledAsync();
        using StringContent text = new("{}");

        using HttpResponseMessage response = await service.Http.PostAsync(
            $"/v1/galleries/{Uri.EscapeDataString(gallery)}/suggestions:refresh", text, Cancelled);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    // Three persons, each under two names.
    private async Task<string> FilledAsync()
    {
        string gallery = await service.CreateGalleryAsync();
        for (int i = 0; i < 6; i++)
        {
            float[] vector = [0.1f, 0.1f, 0.1f, 0.05f * i];
            vector[i / 2] = 3;
            await EnrolAsync(
                gallery, $"{(char)('a' + (i / 2))}{i % 2}", [vector, [.. vector.Select(x => x + 0.1f)]], "");
        }

        return gallery;
    }

    private async Task EnrolAsync(string gallery, string identity, float[][] vectors, string facet)
    {
        for (int i = 0; i < vectors.Length; i++)
        {
            await service.Client.EnrolAsync(
                gallery, identity,
                new EnrolImageRequest { ImageId = $"{identity} {i}", Vector = vectors[i], Facet = facet }, Cancelled);
        }
    }

    private static float[] Mean(float[][] vectors) =>
        [.. Enumerable.Range(0, 4).Select(i => vectors.Average(vector => vector[i]))];

    private static double Cosine(float[] one, float[] other) =>
        Dot(one, other) / Math.Sqrt(Dot(one, one) * Dot(other, other));

    private static double Dot(float[] one, float[] other) => one.Zip(other, (a, b) => (double)a * b).Sum();
}
