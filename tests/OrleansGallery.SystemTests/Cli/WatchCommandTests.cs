using System.Text.Json;
using OrleansGallery.Cli;
using OrleansGallery.Contracts;
using OrleansGallery.SystemTests.Http;

namespace OrleansGallery.SystemTests.Cli;

public sealed class WatchCommandTests(RunningService service)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Watch_UntilTheGalleryIsDeleted_PrintsALinePerEventAndWhyItEnded(bool isJson)
    {
        string gallery = await service.CreateGalleryAsync();
        await service.Client.EnrolAsync(gallery, "anna", new() { Vector = [1, 0, 0, 0] }, Cancelled);
        using StringWriter output = new();
        using StringWriter error = new();
        TextWriter synchronized = TextWriter.Synchronized(output);
        Task<int> watching = CommandLine.RunAsync(
            [
                "watch", gallery, "--cursor", "start", "--prefix", "an", "--url",
                service.Url.GetLeftPart(UriPartial.Authority), .. isJson ? ["--json"] : Array.Empty<string>(),
            ],
            synchronized, TextWriter.Synchronized(error));
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!HasLine())
        {
            Assert.False(watching.IsCompleted);
            await Task.Delay(20, limit.Token);
        }

        await service.Client.DeleteGalleryAsync(gallery, Cancelled);

        int code = await watching.WaitAsync(TimeSpan.FromSeconds(60), Cancelled);

        Assert.Equal(CommandLine.Failed, code);
        Assert.Contains(gallery, error.ToString(), StringComparison.Ordinal);
        string line = Assert.Single(
            output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        if (isJson)
        {
            GalleryEvent one = JsonSerializer.Deserialize<GalleryEvent>(line, GalleryJson.Options)!;
            Assert.Equal((GalleryEventKind.Founded, "anna", 1), (one.Kind, one.Identity, one.Count));
            Assert.NotNull(one.Cursor);
        }
        else
        {
            Assert.StartsWith("founded  anna  images 1, version 1", line, StringComparison.Ordinal);
        }

        // A synchronized writer locks itself.
        bool HasLine()
        {
            lock (synchronized)
            {
                return output.ToString().Contains('\n', StringComparison.Ordinal);
            }
        }
    }
}
