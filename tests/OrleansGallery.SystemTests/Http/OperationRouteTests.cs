using System.Text.Json;
using OrleansGallery.Abstractions;
using OrleansGallery.Cli;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Server;

namespace OrleansGallery.SystemTests.Http;

/// <summary>Operations over two identities: the routes, the client and the command line.</summary>
public sealed class OperationRouteTests(RunningService service)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Merge_SentAgainWithItsId_GivesTheSameReceipt()
    {
        string gallery = await FilledAsync();
        IdentityResponse anna = await service.Client.GetIdentityAsync(gallery, "anna:merge", Cancelled);

        OperationResponse receipt = await service.Client.MergeIdentityAsync(
            gallery, "anna:merge", "bob", "op 1", Cancelled);

        Assert.Equal(("op 1", 2), (receipt.OperationId, receipt.ImagesMoved));
        Assert.Equal((anna.Version, 2, anna.Hash),
            (receipt.Source.Before.Version, receipt.Source.Before.Count, receipt.Source.Before.Hash));
        Assert.Equal(("anna:merge", 0, new string('0', 64)),
            (receipt.Source.Identity, receipt.Source.After.Count, receipt.Source.After.Hash));
        IdentityResponse bob = await service.Client.GetIdentityAsync(gallery, "bob", Cancelled);
        Assert.Equal(("bob", bob.Version, bob.Count, bob.Hash), (receipt.Target.Identity, receipt.Target.After.Version,
            receipt.Target.After.Count, receipt.Target.After.Hash));
        Assert.Equal(3, bob.Count);
        Assert.Equal(receipt, await service.Client.MergeIdentityAsync(
            gallery, "anna:merge", "bob", "op 1", Cancelled));
        Assert.Empty((await service.Client.VerifyAsync(gallery, Cancelled)).Differences);
    }

    [Fact]
    public async Task Move_SomeImages_AreTheOthersAndSearchFindsThemThere()
    {
        string gallery = await FilledAsync();

        OperationResponse receipt = await service.Client.MoveImagesAsync(
            gallery, "anna:merge", "bob", ["b"], cancellationToken: Cancelled);

        Assert.Equal(1, receipt.ImagesMoved);
        Assert.NotEmpty(receipt.OperationId);
        Assert.Equal("b", (await service.Client.GetImageAsync(gallery, "bob", "b", Cancelled)).ImageId);
        Assert.Equal(1, (await service.Client.GetIdentityAsync(gallery, "anna:merge", Cancelled)).Count);
        SearchResponse found = await service.Client.SearchAsync(
            gallery, new() { Vector = [0, 1, 0.5f, 0] }, Cancelled);
        Assert.Equal("bob", found.Matches[0].Identity);
        Assert.Empty((await service.Client.VerifyAsync(gallery, Cancelled)).Differences);
    }

    [Theory]
    [InlineData("anna:merge:merge", """{"into":"anna:merge"}""", 400, ErrorCodes.InvalidRequest)]
    [InlineData("anna:merge:merge", "{}", 400, ErrorCodes.InvalidId)]
    [InlineData("anna:merge:merge", """{"into":"a/b"}""", 400, ErrorCodes.InvalidId)]
    [InlineData("anna:merge:merge", """{"into":"bob","operationId":""}""", 400, ErrorCodes.InvalidId)]
    [InlineData("anna:merge:merge", """{"into":"bob","other":1}""", 400, ErrorCodes.InvalidRequest)]
    [InlineData("anna:merge:merge", """{"into":"nobody"}""", 404, ErrorCodes.IdentityNotFound)]
    [InlineData("nobody:merge", """{"into":"bob"}""", 404, ErrorCodes.IdentityNotFound)]
    [InlineData("anna:merge/images:move", """{"to":"bob"}""", 400, ErrorCodes.InvalidRequest)]
    [InlineData("anna:merge/images:move", """{"to":"bob","imageIds":[]}""", 400, ErrorCodes.InvalidRequest)]
    [InlineData("anna:merge/images:move", """{"to":"bob","imageIds":["a","a"]}""", 400, ErrorCodes.InvalidRequest)]
    [InlineData("anna:merge/images:move", """{"to":"bob","imageIds":["a","z"]}""", 404, ErrorCodes.ImageNotFound)]
    [InlineData("carl/images:move", """{"to":"bob","imageIds":["c"]}""", 409, ErrorCodes.ImageExists)]
    public async Task Operation_WhatCannotBe_IsAProblem(string path, string body, int status, string code)
    {
        string gallery = await FilledAsync();
        GalleryResponse before = await service.Client.GetGalleryAsync(gallery, Cancelled);

        using HttpResponseMessage response = await service.PostAsync(
            $"/v1/galleries/{Uri.EscapeDataString(gallery)}/identities/{path}", body);

        await RunningService.ProblemAsync(response, status, code);
        Assert.Equal(before.RootHash, (await service.Client.GetGalleryAsync(gallery, Cancelled)).RootHash);
    }

    [Fact]
    public async Task Operation_IdOfAnother_IsAConflict()
    {
        string gallery = await FilledAsync();
        await service.Client.MoveImagesAsync(gallery, "anna:merge", "bob", ["a"], "op", Cancelled);

        GalleryApiException exception = await Assert.ThrowsAsync<GalleryApiException>(
            () => service.Client.MoveImagesAsync(gallery, "anna:merge", "bob", ["b"], "op", Cancelled));

        Assert.Equal((409, ErrorCodes.OperationConflict, false),
            (exception.Status, exception.Code, exception.Retryable));
    }

    [Fact]
    public async Task Commands_MoveThenMerge_PrintTheReceipts()
    {
        string gallery = await FilledAsync();
        (int code, string output) = await RunAsync(
            "identity", "move", gallery, "anna:merge", "bob", "a", "--operation", "m", "--json");
        Assert.Equal(0, code);
        Assert.Equal("m", JsonSerializer.Deserialize<OperationResponse>(output, GalleryJson.Options)!.OperationId);

        (code, output) = await RunAsync("identity", "merge", gallery, "bob", "anna:merge");

        Assert.Equal(0, code);
        Assert.Contains("images moved", output, StringComparison.Ordinal);
        Assert.Equal(3, (await service.Client.GetIdentityAsync(gallery, "anna:merge", Cancelled)).Count);
    }

    [Fact]
    public async Task Undo_AMergeAndARename_RestoresTheHashes()
    {
        string gallery = await FilledAsync();
        string before = (await service.Client.GetGalleryAsync(gallery, Cancelled)).RootHash;
        OperationResponse merged = await service.Client.MergeIdentityAsync(
            gallery, "anna:merge", "bob", cancellationToken: Cancelled);
        await service.Client.RenameIdentityAsync(gallery, "bob", "robert", "r 1", Cancelled);
        Assert.Equal(merged, await service.Client.GetOperationAsync(gallery, merged.OperationId, Cancelled));

        (int code, string output) = await RunAsync("identity", "undo", gallery, "r 1", "--json");
        Assert.Equal(0, code);
        OperationResponse undone = JsonSerializer.Deserialize<OperationResponse>(output, GalleryJson.Options)!;
        Assert.Equal(("robert", "bob", 3),
            (undone.Source.Identity, undone.Target.Identity, undone.Target.After.Count));
        OperationResponse apart = await service.Client.UndoOperationAsync(
            gallery, merged.OperationId, cancellationToken: Cancelled);

        Assert.Equal(merged.Source.Before.Hash, apart.Target.After.Hash);
        Assert.Equal(merged.Target.Before.Hash, apart.Source.After.Hash);
        Assert.Equal(before, (await service.Client.GetGalleryAsync(gallery, Cancelled)).RootHash);
        Assert.Empty((await service.Client.VerifyAsync(gallery, Cancelled)).Differences);
    }

    [Fact]
    public async Task Split_AsProposed_GivesTheGroupAnIdentityOfItsOwn()
    {
        string gallery = await FilledAsync();
        await service.Client.EnrolAsync(
            gallery, "bob", new() { Vector = [1, 0, 0, 0.1f], ImageId = "a", Facet = "a" }, Cancelled);
        await service.Client.EnrolAsync(
            gallery, "bob", new() { Vector = [0, 1, 1, 0.1f], ImageId = "d", Facet = "a" }, Cancelled);
        (int code, string output) = await RunAsync("identity", "propose-split", gallery, "bob", "--json");
        SplitProposalResponse proposal =
            JsonSerializer.Deserialize<SplitProposalResponse>(output, GalleryJson.Options)!;
        Assert.Equal((0, 3, 2, "a"), (code, proposal.Count, proposal.Groups[0].Count,
            Assert.Single(proposal.Groups[1].ImageIds)));
        Assert.True(proposal.Separation > 0.5);
        (code, output) = await RunAsync("identity", "propose-split", gallery, "bob");
        Assert.Contains("smaller", output, StringComparison.Ordinal);
        (code, output) = await RunAsync("identity", "propose-split", gallery, "bob", "--group", "larger");
        Assert.Equal(proposal.Groups[0].ImageIds, output.Split('\n')[..^1].Select(id => id.TrimEnd()));
        string file = Path.GetTempFileName();
        try
        {
            (code, output) = await RunAsync("identity", "propose-split", gallery, "bob", "--group", "smaller");
            await File.WriteAllTextAsync(file, output, Cancelled);
            foreach (string[] wrong in (string[][])[[], ["a", "--from", file]])
            {
                Assert.Equal(CommandLine.WrongUsage, await CommandLine.RunAsync(
                    ["identity", "split", gallery, "bob", .. wrong], TextWriter.Null, TextWriter.Null));
            }

            (code, output) = await RunAsync(
                "identity", "split", gallery, "bob", "--from", file, "--operation", "s", "--json");
        }
        finally
        {
            File.Delete(file);
        }

        Assert.Equal(0, code);
        OperationResponse split = JsonSerializer.Deserialize<OperationResponse>(output, GalleryJson.Options)!;
        Assert.StartsWith("bob-", split.Target.Identity, StringComparison.Ordinal);
        Assert.Equal((2, 1), (split.Source.After.Count, split.Target.After.Count));
        Assert.Equal(split, await service.Client.SplitIdentityAsync(
            gallery, "bob", ["a"], operationId: "s", cancellationToken: Cancelled));
        OperationResponse undone = await service.Client.UndoOperationAsync(gallery, "s", "u", Cancelled);
        Assert.Equal((split.Source.Before.Hash, "s"), (undone.Target.After.Hash, undone.Undone));
        Assert.Equal(undone, await service.Client.UndoOperationAsync(gallery, "s", "u", Cancelled));
        Assert.Empty((await service.Client.VerifyAsync(gallery, Cancelled)).Differences);
    }

    [Fact]
    public async Task Spellings_OfOneName_AreListedUntilSomebodyMergesThem()
    {
        string gallery = await FilledAsync();
        (string composed, string decomposed) = ("Jos\u00E9", "Jose\u0301");
        Assert.Empty((await service.Client.FindSpellingsAsync(gallery, Cancelled)).Names);
        await service.Client.EnrolAsync(gallery, composed, new() { Vector = [1, 1, 0, 0], ImageId = "1" }, Cancelled);
        await service.Client.EnrolAsync(gallery, decomposed, new() { Vector = [1, 1, 0, 1], ImageId = "2" }, Cancelled);

        SpelledName name = Assert.Single((await service.Client.FindSpellingsAsync(gallery, Cancelled)).Names);

        Assert.Equal((composed, 2), (name.Name, name.Identities.Count));
        Assert.Equal([decomposed, composed], name.Identities.Select(identity => identity.Identity));
        (int code, string output) = await RunAsync("identity", "spellings", gallery);
        Assert.Equal(0, code);
        Assert.Contains("Jose%CC%81", output, StringComparison.Ordinal);
        await service.Client.MergeIdentityAsync(gallery, decomposed, composed, cancellationToken: Cancelled);
        Assert.Empty((await service.Client.FindSpellingsAsync(gallery, Cancelled)).Names);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(IdentitySpellings.MaxNames, false)]
    [InlineData(IdentitySpellings.MaxNames + 1, true)]
    public void Spellings_MoreThanAreListed_SaysSo(int count, bool truncated)
    {
        SpellingsResponse response = IdentityEndpoints.Respond(
            [.. Enumerable.Range(0, count).Select(i => new IdentitySpellings { Name = $"{i}", Identities = [] })]);

        Assert.Equal(
            (Math.Min(count, IdentitySpellings.MaxNames), truncated), (response.Names.Count, response.Truncated));
    }

    [Theory]
    [InlineData("operations/none:undo", "{}", 404, ErrorCodes.OperationNotFound)]
    [InlineData("operations/none", "{}", 405, ErrorCodes.MethodNotAllowed)]
    [InlineData("identities/bob", "{}", 405, ErrorCodes.MethodNotAllowed)]
    [InlineData("identities/bob:rename", "{}", 400, ErrorCodes.InvalidId)]
    [InlineData("identities/bob:split", "{}", 400, ErrorCodes.InvalidRequest)]
    [InlineData("identities/bob:split", """{"imageIds":[]}""", 400, ErrorCodes.InvalidRequest)]
    [InlineData("identities/bob:split", """{"imageIds":["c"]}""", 400, ErrorCodes.InvalidRequest)]
    [InlineData("identities/anna%3Amerge:split", """{"imageIds":["a"],"to":"bob"}""", 409, ErrorCodes.IdentityExists)]
    [InlineData("identities/nobody:split", """{"imageIds":["a"]}""", 404, ErrorCodes.IdentityNotFound)]
    [InlineData("identities/bob:rename", """{"to":"carl"}""", 409, ErrorCodes.IdentityExists)]
    [InlineData("identities/nobody:rename", """{"to":"new"}""", 404, ErrorCodes.IdentityNotFound)]
    public async Task UndoAndRename_WhatCannotBe_IsAProblem(string path, string body, int status, string code)
    {
        string gallery = await FilledAsync();
        using HttpResponseMessage response = await service.PostAsync(
            $"/v1/galleries/{Uri.EscapeDataString(gallery)}/{path}", body);
        await RunningService.ProblemAsync(response, status, code);
    }

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
            [
                ("anna:merge", "a", [1, 0, 0, 0]), ("anna:merge", "b", [0, 1, 0, 0]),
                ("bob", "c", [0, 1, 1, 0]), ("carl", "c", [0, 0, 0, 1]),
            ])
        {
            await service.Client.EnrolAsync(
                gallery, identity, new() { Vector = vector, ImageId = image, Facet = image }, Cancelled);
        }

        return gallery;
    }
}
