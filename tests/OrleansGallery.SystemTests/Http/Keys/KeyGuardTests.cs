using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.SystemTests.Http;

/// <summary>Every operation of the OpenAPI document with keys that are good for nothing, less, and enough.</summary>
public sealed class KeyGuardTests(KeyedService service) : IClassFixture<KeyedService>
{
    private const string Gallery = "people";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryOperation_WithAKeyThatIsNone_IsUnauthorized()
    {
        KeyResponse revoked = await service.CreateAsync(KeyRole.Admin);
        await service.Admin.RevokeKeyAsync(revoked.Id, Cancelled);
        string good = (await service.CreateAsync(KeyRole.Admin)).Key!;
        string over = await service.StoreAsync(
            new CreateKeyRequest
            {
                Name = "over", Role = KeyRole.Admin, ExpiresAt = DateTimeOffset.UtcNow.AddMinutes(-1),
            },
            DateTimeOffset.UtcNow.AddHours(-1));
        string?[] keys =
        [
            null, string.Empty, "gk_", "nonsense", good.ToUpperInvariant(), good[..^1], good + "0",
            good[..^1] + (good[^1] == '0' ? '1' : '0'), "gk_0123456789abcdef" + good[19..], revoked.Key, over,
        ];
        foreach (DescribedOperation operation in await OperationsAsync())
        {
            foreach (string? key in keys)
            {
                using HttpResponseMessage response = await SendAsync(operation, key);
                await RunningService.ProblemAsync(response, 401, ErrorCodes.Unauthorized);
                Assert.Equal("Bearer realm=\"gallery\"", $"{response.Headers.WwwAuthenticate}");
            }
        }
    }

    [Fact]
    public async Task EveryOperation_WithALowerRole_IsForbidden_AndWithItsOwnIsNot()
    {
        Dictionary<string, string> keys = new()
        {
            ["read"] = (await service.CreateAsync(KeyRole.Read)).Key!,
            ["write"] = (await service.CreateAsync(KeyRole.Write)).Key!,
            ["admin"] = (await service.CreateAsync(KeyRole.Admin)).Key!,
        };
        string[] order = ["read", "write", "admin"];
        HashSet<string> seen = [];
        foreach (DescribedOperation operation in await OperationsAsync())
        {
            string needed = (string)operation.Node["x-required-role"]!;
            seen.Add(needed);
            foreach (string role in order)
            {
                using HttpResponseMessage response = await SendAsync(operation, keys[role]);
                if (Array.IndexOf(order, role) < Array.IndexOf(order, needed))
                {
                    await RunningService.ProblemAsync(response, 403, ErrorCodes.Forbidden);
                }
                else
                {
                    Assert.False((int)response.StatusCode is 401 or 403 or 500, $"{operation}: {response.StatusCode}");
                }
            }
        }

        Assert.Equal(order.Order(), seen.Order());
    }

    [Fact]
    public async Task EveryOperation_WithAKeyForAnotherGallery_IsForbidden()
    {
        string key = (await service.CreateAsync(KeyRole.Admin, "another")).Key!;
        foreach (DescribedOperation operation in await OperationsAsync())
        {
            using HttpResponseMessage response = await SendAsync(operation, key);
            if (operation.Path.Contains("{gallery}", StringComparison.Ordinal)
                || operation.Path is "/v1/keys" or "/v1/keys/{key}")
            {
                await RunningService.ProblemAsync(response, 403, ErrorCodes.Forbidden);
            }
            else
            {
                Assert.False((int)response.StatusCode is 401 or 403 or 500, $"{operation}: {response.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task Galleries_WithAKeyForSome_AreThoseAlone()
    {
        foreach (string name in (string[])["seen", "unseen"])
        {
            await service.Admin.CreateGalleryAsync(
                new CreateGalleryRequest { Name = name, Dimension = 4, Partitions = 2 }, Cancelled);
        }

        using GalleryClient some = service.With((await service.CreateAsync(KeyRole.Admin, "seen", "new")).Key);

        Assert.Equal(["seen"], (await some.ListGalleriesAsync(Cancelled)).Select(gallery => gallery.Name));
        Assert.Equal(["seen"], (await some.GetClusterAsync(Cancelled)).Galleries.Select(gallery => gallery.Name));
        GalleryApiException refused = await Assert.ThrowsAsync<GalleryApiException>(() => some.CreateGalleryAsync(
            new CreateGalleryRequest { Name = "unnamed", Dimension = 4, Partitions = 2 }, Cancelled));
        Assert.Equal((403, ErrorCodes.Forbidden), (refused.Status, refused.Code));
        await some.CreateGalleryAsync(
            new CreateGalleryRequest { Name = "new", Dimension = 4, Partitions = 2 }, Cancelled);
        await some.DeleteGalleryAsync("new", Cancelled);
    }

    [Fact]
    public async Task Metrics_TakeAKeyThatReadsAllGalleries()
    {
        string reads = (await service.CreateAsync(KeyRole.Read)).Key!;
        string some = (await service.CreateAsync(KeyRole.Admin, "another")).Key!;
        foreach ((string? key, int status) in new[] { (null, 401), (some, 403), (reads, 200) })
        {
            using HttpRequestMessage request = new(HttpMethod.Get, "/metrics");
            request.Headers.Authorization = key is null ? null : new("Bearer", key);
            using HttpResponseMessage response = await service.Http.SendAsync(request, Cancelled);
            Assert.Equal(status, (int)response.StatusCode);
        }
    }

    [Theory]
    [InlineData("/livez")]
    [InlineData("/readyz")]
    [InlineData("/openapi/v1.json")]
    public async Task Get_WhatIsOpen_NeedsNoKey(string path)
    {
        using HttpResponseMessage response = await service.Http.GetAsync(new Uri(path, UriKind.Relative), Cancelled);
        Assert.Equal(200, (int)response.StatusCode);
    }

    [Fact]
    public async Task Key_InEitherHeader_BesideAProxysOwn_IsTaken()
    {
        string key = (await service.CreateAsync(KeyRole.Read)).Key!;
        foreach ((string name, string value) in new[]
        {
            ("Authorization", $"Bearer {key}"), ("Authorization", $"bearer {key}"), ("X-Api-Key", key),
        })
        {
            using HttpRequestMessage request = new(HttpMethod.Get, "/v1/galleries");
            request.Headers.TryAddWithoutValidation(name, value);
            if (name != "Authorization")
            {
                request.Headers.TryAddWithoutValidation("Authorization", "Basic Z2FsbGVyeTpwYXNzd29yZA==");
            }

            request.Headers.Host = "gallery.example";
            using HttpResponseMessage response = await service.Http.SendAsync(request, Cancelled);
            Assert.Equal(200, (int)response.StatusCode);
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient http, DescribedOperation operation, string? key)
    {
        using HttpRequestMessage request = new(new HttpMethod(operation.Method), operation.PathFor(Gallery));
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        }

        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
    }

    private Task<HttpResponseMessage> SendAsync(DescribedOperation operation, string? key) =>
        SendAsync(service.Http, operation, key);

    private async Task<IReadOnlyList<DescribedOperation>> OperationsAsync()
    {
        ApiDescription api = await ApiDescription.ReadAsync(service.Http);
        DescribedOperation[] operations = [.. api.Operations.Where(
            operation => operation.Path.StartsWith("/v1", StringComparison.Ordinal))];
        Assert.True(operations.Length > 20, $"{operations.Length} operations");
        Assert.All(operations, operation =>
            Assert.True(operation.Node["security"]!.AsArray().Count == 2, $"{operation}"));
        return operations;
    }
}
