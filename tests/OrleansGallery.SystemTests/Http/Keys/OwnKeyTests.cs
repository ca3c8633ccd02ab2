using System.Text.Json;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.SystemTests.Http;

/// <summary>A key about itself.</summary>
public sealed class OwnKeyTests(KeyedService keyed, RunningService open) : IClassFixture<KeyedService>
{
    private static readonly Uri Route = new("/v1/keys:own", UriKind.Relative);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(KeyRole.Read)]
    [InlineData(KeyRole.Write)]
    [InlineData(KeyRole.Admin)]
    public async Task Own_OfEachRole_IsWhatTheListShows(KeyRole role)
    {
        KeyResponse made = await keyed.Admin.CreateKeyAsync(
            new CreateKeyRequest
            {
                Name = $"<b>own {role}", Role = role, Galleries = ["people", "cats"], RequestsPerSecond = 50,
                MaxConcurrent = 4, ExpiresAt = DateTimeOffset.UtcNow.AddDays(1),
            },
            Cancelled);
        using GalleryClient client = keyed.With(made.Key);

        OwnKeyResponse own = await client.GetOwnKeyAsync(Cancelled);

        KeyResponse listed = Assert.Single(
            await keyed.Admin.ListKeysAsync(cancellationToken: Cancelled), key => key.Id == made.Id);
        Assert.False(own.Open);
        Assert.Equal(["people", "cats"], own.Key!.Galleries);
        Assert.Equal(listed with { Galleries = null }, own.Key with { Galleries = null });
        Assert.Null(own.Key.Key);
    }

    [Fact]
    public async Task Own_OfAKeyForEverything_NamesNoGalleriesAndNoLimits()
    {
        OwnKeyResponse own = await keyed.Admin.GetOwnKeyAsync(Cancelled);

        Assert.Equal(
            ("admin", KeyRole.Admin, null, null, null),
            (own.Key!.Name, own.Key.Role, own.Key.Galleries, own.Key.RequestsPerSecond, own.Key.ExpiresAt));
    }

    [Fact]
    public async Task Own_WhereNoKeysAreAskedFor_SaysSo()
    {
        OwnKeyResponse own = await open.Client.GetOwnKeyAsync(Cancelled);
        JsonElement answer = JsonSerializer.Deserialize<JsonElement>(await open.Http.GetStringAsync(Route, Cancelled));

        Assert.True(own.Open);
        Assert.Null(own.Key);
        Assert.True(answer.GetProperty("open").GetBoolean());
    }

    [Fact]
    public async Task Own_OfAWrongKeyOrOneThatWasRevoked_IsUnauthorized()
    {
        KeyResponse made = await keyed.CreateAsync(KeyRole.Admin);
        await keyed.Admin.RevokeKeyAsync(made.Id, Cancelled);
        string wrong = made.Key![..^1] + (made.Key[^1] == '0' ? '1' : '0');
        foreach (string? key in (string?[])[null, "nonsense", wrong, made.Key])
        {
            using GalleryClient client = keyed.With(key);
            GalleryApiException refused =
                await Assert.ThrowsAsync<GalleryApiException>(() => client.GetOwnKeyAsync(Cancelled));
            Assert.Equal((401, ErrorCodes.Unauthorized), (refused.Status, refused.Code));
        }
    }
}
