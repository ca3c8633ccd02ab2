using System.Security.Cryptography;
using System.Text.Json;
using OrleansGallery.Cli;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.SystemTests.Http;

/// <summary>Erasures: the routes, the client and the command line.</summary>
public sealed class ErasureRouteTests(RunningService service)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Erase_AnIdentity_SentAgainGivesTheSameReceiptAndItsContentIsRefused()
    {
        string gallery = await FilledAsync();
        IdentityResponse anna = await service.Client.GetIdentityAsync(gallery, "anna", Cancelled);

        ErasureResponse receipt = await service.Client.EraseIdentityAsync(gallery, "anna", "e 1", Cancelled);

        byte[][] contents = [HashOf([1, 0, 0, 0]), HashOf([0, 1, 0, 0])];
        Assert.Equal(("e 1", null, 2), (receipt.OperationId, receipt.ImageId, receipt.ImagesErased));
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(
                [.. contents.OrderBy(Convert.ToHexString, StringComparer.Ordinal).SelectMany(hash => hash)])),
            receipt.ContentsHash);
        Assert.Equal(("anna", anna.Version, anna.Hash),
            (receipt.Identity.Identity, receipt.Identity.Before.Version, receipt.Identity.Before.Hash));
        Assert.Equal((0, new string('0', 64)), (receipt.Identity.After.Count, receipt.Identity.After.Hash));
        Assert.Equal(receipt, await service.Client.EraseIdentityAsync(gallery, "anna", "e 1", Cancelled));
        Assert.Equal(receipt, await service.Client.GetErasureAsync(gallery, "e 1", Cancelled));
        await AssertCodeAsync(404, ErrorCodes.IdentityNotFound,
            () => service.Client.GetIdentityAsync(gallery, "anna", Cancelled));
        await AssertCodeAsync(409, ErrorCodes.Erased, () => service.Client.EnrolAsync(
            gallery, "bob", new() { Vector = [0, 1, 0, 0] }, Cancelled));
        await service.Client.EnrolAsync(gallery, "anna", new() { Vector = [0, 1, 0, 1] }, Cancelled);
        Assert.Empty((await service.Client.VerifyAsync(gallery, Cancelled)).Differences);
    }

    [Fact]
    public async Task Erase_AnImage_IsRefusedInAStreamBesideOthersThatAreTaken()
    {
        string gallery = await FilledAsync();
        ErasureResponse receipt = await service.Client.EraseImageAsync(
            gallery, "anna", "a", cancellationToken: Cancelled);
        Assert.Equal(("a", 1, 2, 1), (receipt.ImageId, receipt.ImagesErased, receipt.Identity.Before.Count,
            receipt.Identity.After.Count));

        IReadOnlyList<IngestAck> acks = await service.IngestLinesAsync(gallery, """
            {"identity":"carl","vector":[1,0,0,0]}
            {"identity":"carl","vector":[1,0,0,1]}
            {"identity":"anna","vector":[1,0,0,0],"imageId":"again"}
            """);

        Assert.Equal(2, acks.Count(ack => ack.Error is { Code: ErrorCodes.Erased, Retryable: false }));
        Assert.Equal(1, (await service.Client.GetIdentityAsync(gallery, "carl", Cancelled)).Count);
        Assert.Equal(1, (await service.Client.GetIdentityAsync(gallery, "anna", Cancelled)).Count);
    }

    [Fact]
    public async Task Undo_AnErasure_IsAConflictAndSoIsItsReceiptAsAnotherOperation()
    {
        string gallery = await FilledAsync();
        await service.Client.EraseIdentityAsync(gallery, "anna", "e", Cancelled);
        await service.Client.RenameIdentityAsync(gallery, "bob", "robert", "r", Cancelled);

        await AssertCodeAsync(409, ErrorCodes.OperationConflict,
            () => service.Client.UndoOperationAsync(gallery, "e", "u", Cancelled));
        await AssertCodeAsync(409, ErrorCodes.OperationConflict,
            () => service.Client.GetOperationAsync(gallery, "e", Cancelled));
        await AssertCodeAsync(409, ErrorCodes.OperationConflict,
            () => service.Client.GetErasureAsync(gallery, "r", Cancelled));
        await AssertCodeAsync(404, ErrorCodes.OperationNotFound,
            () => service.Client.GetErasureAsync(gallery, "none", Cancelled));
    }

    [Theory]
    [InlineData("nobody:erase", "{}", 404, ErrorCodes.IdentityNotFound)]
    [InlineData("anna:erase", """{"imageId":"z"}""", 404, ErrorCodes.ImageNotFound)]
    [InlineData("nobody:erase", """{"imageId":"z"}""", 404, ErrorCodes.ImageNotFound)]
    [InlineData("anna:erase", """{"imageId":"a/b"}""", 400, ErrorCodes.InvalidId)]
    [InlineData("anna:erase", """{"operationId":""}""", 400, ErrorCodes.InvalidId)]
    [InlineData("anna:erase", """{"images":["a"]}""", 400, ErrorCodes.InvalidRequest)]
    public async Task Erase_WhatCannotBe_IsAProblem(string path, string body, int status, string code)
    {
        string gallery = await FilledAsync();
        GalleryResponse before = await service.Client.GetGalleryAsync(gallery, Cancelled);

        using HttpResponseMessage response = await service.PostAsync(
            $"/v1/galleries/{Uri.EscapeDataString(gallery)}/identities/{path}", body);

        await RunningService.ProblemAsync(response, status, code);
        Assert.Equal(before.RootHash, (await service.Client.GetGalleryAsync(gallery, Cancelled)).RootHash);
    }

    [Fact]
    public async Task Command_AnImageThenTheIdentity_PrintsTheReceipts()
    {
        string gallery = await FilledAsync();

        (int code, string output) = await RunAsync(
            "erase", gallery, "anna", "--image", "a", "--operation", "e", "--json");
        Assert.Equal(0, code);
        ErasureResponse receipt = JsonSerializer.Deserialize<ErasureResponse>(output, GalleryJson.Options)!;
        Assert.Equal(("e", "a", 1), (receipt.OperationId, receipt.ImageId, receipt.ImagesErased));
        (code, output) = await RunAsync("erase", gallery, "anna");

        Assert.Equal(0, code);
        Assert.Contains("contents hash", output, StringComparison.Ordinal);
        Assert.Equal(
            ["bob"], (await service.Client.ListIdentitiesAsync(gallery, cancellationToken: Cancelled)).Identities
                .Select(identity => identity.Identity));
    }

    private static async Task AssertCodeAsync(int status, string code, Func<Task> call)
    {
        GalleryApiException exception = await Assert.ThrowsAsync<GalleryApiException>(call);
        Assert.Equal((status, code, false), (exception.Status, exception.Code, exception.Retryable));
    }

    private static byte[] HashOf(float[] vector) =>
        SHA256.HashData([.. vector.SelectMany(BitConverter.GetBytes)]);

    private async Task<(int Code, string Output)> RunAsync(params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = await CommandLine.RunAsync([.. args, "--url", $"{service.Url}"], output, error);
        Assert.Empty(error.ToString());
        return (code, output.ToString());
    }

    private async Task<string> FilledAsync()
    {
        string gallery = await service.CreateGalleryAsync();
        foreach ((string identity, string image, float[] vector) in ((string, string, float[])[])
            [("anna", "a", [1, 0, 0, 0]), ("anna", "b", [0, 1, 0, 0]), ("bob", "c", [0, 1, 1, 0])])
        {
            await service.Client.EnrolAsync(
                gallery, identity, new() { Vector = vector, ImageId = image, Facet = image }, Cancelled);
        }

        return gallery;
    }
}
