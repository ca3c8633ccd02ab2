using Microsoft.AspNetCore.Builder;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Inference.Models;
using OrleansGallery.Server;
using OrleansGallery.SystemTests.Http;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Embedding;

/// <summary>A device that is not there fails the images, not the process.</summary>
public sealed class UnusableDeviceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Enrol_DeviceThatIsNotThere_HearsWhatToSetAndVectorsGoOn()
    {
        await using WebApplication app = RunningService.Build(_folder.Root, ("Device", "cuda:7"));
        await app.StartAsync(Token);
        using GalleryClient client = new(GalleryHost.AddressOf(app));
        await client.CreateGalleryAsync(
            new CreateGalleryRequest { Name = "g", Model = DefaultModel.Id, Partitions = 4 }, Token);
        byte[] picture = PngFile.Rgb(16, 16, new byte[16 * 16 * 3]);

        GalleryApiException refused = await Assert.ThrowsAsync<GalleryApiException>(() => client.EnrolFileAsync(
            "g", "a", picture, new EnrolImageRequest { ImageId = "1" }, Token));

        Assert.Equal((ErrorCodes.EmbeddingFailed, true), (refused.Code, refused.Retryable));
        Assert.Contains("'cuda:7' is not available", refused.Detail, StringComparison.Ordinal);
        Assert.Contains("Server:Device", refused.Detail, StringComparison.Ordinal);
        float[] vector = new float[512];
        vector[0] = 1;
        await client.EnrolAsync("g", "a", new EnrolImageRequest { ImageId = "2", Vector = vector }, Token);
        await app.StopAsync(Token);
    }
}
