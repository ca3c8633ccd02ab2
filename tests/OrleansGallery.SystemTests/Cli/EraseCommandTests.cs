using System.Text.Json;
using OrleansGallery.Cli;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.SystemTests.Http;

namespace OrleansGallery.SystemTests.Cli;

/// <summary><c>gallery erase --subject</c> over the galleries that a key is for.</summary>
public sealed class EraseCommandTests(KeyedService service) : IClassFixture<KeyedService>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Subject_IsErasedFromEveryGalleryOfTheKeyAndFromNoOther()
    {
        await FillAsync("here", "anna", "bob");
        await FillAsync("there", "anna");
        await FillAsync("elsewhere", "anna");
        await FillAsync("without", "bob");
        KeyResponse key = await service.CreateAsync(KeyRole.Write, "here", "there", "without");

        (int code, string output, string error) = await RunAsync(
            key, "erase", "--subject", "anna", "--operation", "e1", "--json");

        Assert.Equal((0, "'anna' was erased from 2 of 3 galleries; no other has such an identity."),
            (code, error.Trim()));
        SubjectErasureReport report = ReportOf(output);
        Assert.Equal(("anna", "e1"), (report.Subject, report.OperationId));
        Assert.Equal(
            [("here", 2), ("there", 2), ("without", null)],
            report.Galleries.Select(gallery => (gallery.Gallery, gallery.Receipt?.ImagesErased)));
        Assert.Equal(["bob"], await IdentitiesAsync("here"));
        Assert.Equal(["anna"], await IdentitiesAsync("elsewhere"));
        (code, output, _) = await RunAsync(key, "erase", "--subject", "anna", "--operation", "e1", "--json");
        Assert.Equal(0, code);
        Assert.Equal(report.Galleries, ReportOf(output).Galleries);
    }

    [Fact]
    public async Task Subject_FailsInOneGallery_GoesOnSaysSoAndIs1()
    {
        await FillAsync("first", "carl");
        await FillAsync("second", "carl", "dora");
        await FillAsync("third", "carl");
        KeyResponse key = await service.CreateAsync(KeyRole.Write, "first", "second", "third");
        using GalleryClient client = service.With(key.Key);
        await client.EraseIdentityAsync("second", "dora", "taken", Cancelled);

        (int code, string output, string error) = await RunAsync(
            key, "erase", "--subject", "carl", "--operation", "taken");

        Assert.Equal(1, code);
        Assert.Contains("second: Operation 'taken'", error, StringComparison.Ordinal);
        Assert.Contains("erased from 2 of 3 galleries; 1 failed", error, StringComparison.Ordinal);
        Assert.Contains("third", output, StringComparison.Ordinal);
        Assert.Empty(await IdentitiesAsync("first"));
        Assert.Equal(["carl"], await IdentitiesAsync("second"));
        Assert.Empty(await IdentitiesAsync("third"));
        (code, output, _) = await RunAsync(key, "erase", "--subject", "carl", "--operation", "taken", "--json");
        Assert.Equal(1, code);
        Assert.Equal(
            [null, ErrorCodes.OperationConflict, null],
            ReportOf(output).Galleries.Select(gallery => gallery.Failure?.Code));
    }

    [Fact]
    public async Task Subject_WithAKeyThatOnlyReads_FailsAndErasesNothing()
    {
        await FillAsync("kept", "emil");
        KeyResponse key = await service.CreateAsync(KeyRole.Read, "kept");

        (int code, string output, _) = await RunAsync(key, "erase", "--subject", "emil", "--json");

        Assert.Equal(1, code);
        Assert.Equal(ErrorCodes.Forbidden, Assert.Single(ReportOf(output).Galleries).Failure?.Code);
        Assert.Equal(["emil"], await IdentitiesAsync("kept"));
    }

    [Theory]
    [InlineData]
    [InlineData("people")]
    [InlineData("people", "anna", "--subject", "anna")]
    [InlineData("people", "--subject", "anna")]
    [InlineData("--subject", "anna", "--image", "a")]
    public async Task Erase_WithoutOneClearTarget_Is2(params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();

        Assert.Equal(2, await CommandLine.RunAsync(
            ["erase", .. arguments, "--url", $"{service.Url}"], output, error));

        Assert.Contains("either a GALLERY and an IDENTITY, or --subject", $"{error}", StringComparison.Ordinal);
    }

    private static SubjectErasureReport ReportOf(string output) =>
        JsonSerializer.Deserialize<SubjectErasureReport>(output, GalleryJson.Options)!;

    private async Task<(int Code, string Output, string Error)> RunAsync(KeyResponse key, params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = await CommandLine.RunAsync(
            [.. args, "--url", $"{service.Url}", "--key", key.Key!], output, error);
        return (code, output.ToString(), error.ToString());
    }

    private async Task<IEnumerable<string>> IdentitiesAsync(string gallery) =>
        (await service.Admin.ListIdentitiesAsync(gallery, cancellationToken: Cancelled)).Identities
            .Select(identity => identity.Identity);

    private async Task FillAsync(string gallery, params string[] identities)
    {
        await service.Admin.CreateGalleryAsync(new CreateGalleryRequest { Name = gallery, Dimension = 4 }, Cancelled);
        foreach (string identity in identities)
        {
            foreach (float component in (float[])[0, 1])
            {
                await service.Admin.EnrolAsync(
                    gallery, identity, new() { Vector = [1, component, identity.Length, identity[0]] }, Cancelled);
            }
        }
    }
}
