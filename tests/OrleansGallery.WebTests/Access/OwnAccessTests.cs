using System.Net;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Web;

namespace OrleansGallery.WebTests.Access;

/// <summary>What the page makes of a visitor's key. No browser is needed.</summary>
public sealed class OwnAccessTests
{
    [Theory]
    [InlineData(KeyRole.Read, KeyRole.Read, null, false, true)]
    [InlineData(KeyRole.Read, KeyRole.Write, null, false, false)]
    [InlineData(KeyRole.Write, KeyRole.Write, "people", false, true)]
    [InlineData(KeyRole.Write, KeyRole.Write, "People", false, false)]
    [InlineData(KeyRole.Admin, KeyRole.Read, "cats", false, false)]
    [InlineData(KeyRole.Admin, KeyRole.Admin, null, true, false)]
    public void Refuse_OfAKeyForOneGallery_RefusesWhatTheServiceWould(
        KeyRole role, KeyRole needed, string? gallery, bool allGalleries, bool isAllowed)
    {
        OwnKeyResponse own = new() { Open = false, Key = KeyOf(role) with { Galleries = ["people"] } };

        string? reason = OwnAccess.Refuse(own, new AccessNeed(needed, gallery, allGalleries));

        Assert.Equal(isAllowed, reason is null);
    }

    [Fact]
    public void Refuse_OfAKeyForEverything_AndWhereNoneIsAskedFor_RefusesNothing()
    {
        AccessNeed need = new(KeyRole.Admin, "people", AllGalleries: true);
        Assert.Null(OwnAccess.Refuse(new OwnKeyResponse { Open = false, Key = KeyOf(KeyRole.Admin) }, need));
        Assert.Null(OwnAccess.Refuse(new OwnKeyResponse { Open = true }, need));
    }

    [Fact]
    public async Task Get_IsAskedOnce_AndAgainAfterAFailure()
    {
        using Service service = new();
        using GalleryClient client = new(new HttpClient(service) { BaseAddress = new Uri("http://gallery.test/") });
        OwnAccess access = new(client);

        GalleryApiException failure = await Assert.ThrowsAsync<GalleryApiException>(access.GetAsync);
        OwnKeyResponse first = await access.GetAsync();
        OwnKeyResponse second = await access.GetAsync();

        Assert.Equal(500, failure.Status);
        Assert.True(first.Open);
        Assert.Same(first, second);
        Assert.Equal(["/v1/keys:own", "/v1/keys:own"], service.Asked);
    }

    private static KeyResponse KeyOf(KeyRole role) => new()
    {
        Id = "a", Name = "a", Role = role, CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private sealed class Service : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!.AbsolutePath);
            return Task.FromResult(Asked.Count == 1
                ? new HttpResponseMessage(HttpStatusCode.InternalServerError)
                {
                    Content = new StringContent("""{"code":"internal","detail":"broken","retryable":false}"""),
                }
                : new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"open":true}""") });
        }
    }
}
