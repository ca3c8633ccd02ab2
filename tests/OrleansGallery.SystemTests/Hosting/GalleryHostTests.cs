using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;
using OrleansGallery.Client;
using OrleansGallery.Server;
using OrleansGallery.Storage;
using OrleansGallery.SystemTests.Http;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Hosting;

public sealed class GalleryHostTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Urls", "http://0.0.0.0:0", "Server:Keys=required (--keys), and either https")]
    [InlineData("Urls", "http://[::]:0", "Server:Keys=required (--keys), and either https")]
    [InlineData("Urls", "http://192.168.1.1:5210", "Server:Keys=required (--keys), and either https")]
    [InlineData("Urls", "http://example.com:5210", "no address")]
    [InlineData("Urls", "http://*:5210", "no address")]
    [InlineData("Urls", "http://127.0.0.1:0;http://0.0.0.0:1", "Server:Keys=required (--keys), and either https")]
    [InlineData("Urls", "https://127.0.0.1:0", "needs Server:Certificate")]
    [InlineData("Urls", "127.0.0.1:5210", "no address")]
    [InlineData("Urls", ";", "no address")]
    [InlineData("Keys", "on", "off and required are possible")]
    [InlineData("Roles", "", "names no role")]
    [InlineData("Roles", " , ", "names no role")]
    [InlineData("Roles", "gallery,embedding,api,more", "'more', which is no role")]
    [InlineData("Roles", "gallery,embeding,api", "did you mean 'embedding'?")]
    [InlineData("Roles", "Gallery,api", "did you mean 'gallery'?")]
    [InlineData("Roles", "api", "without gallery; without Cluster:Database")]
    [InlineData("Roles", "embedding", "without gallery and api; without Cluster:Database")]
    [InlineData("Roles", "gallery,embedding", "without api; without Cluster:Database")]
    [InlineData("Name", "a@b", "Server:Name is 'a@b'; 1 to 100 letters")]
    [InlineData("Urls", "", "no address, which the role api needs")]
    [InlineData("EnrolTime", "00:00:00", "EnrolTime")]
    [InlineData("MaxItemsInFlight", "0", "MaxItemsInFlight")]
    [InlineData("SearchDeadline", "00:00:00", "SearchDeadline")]
    public void Build_WrongSetting_IsRefusedByName(string name, string value, string reason)
    {
        using TemporaryFolder folder = new();
        OptionsValidationException exception = Assert.Throws<OptionsValidationException>(
            () => RunningService.Build(folder.Root, (name, value)));
        Assert.Contains(exception.Failures, failure => failure.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Build_FolderInUse_NamesItsOwner()
    {
        using TemporaryFolder folder = new();
        await using WebApplication first = RunningService.Build(folder.Root);
        DataFolderInUseException exception = Assert.Throws<DataFolderInUseException>(
            () => RunningService.Build(folder.Root));
        Assert.Contains($"process {Environment.ProcessId}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AgainOnTheSameFolder_HasTheSameRootHash()
    {
        using TemporaryFolder folder = new();
        string before;
        await using (WebApplication first = RunningService.Build(folder.Root))
        {
            await first.StartAsync(Cancelled);
            using GalleryClient client = new(GalleryHost.AddressOf(first));
            await client.CreateGalleryAsync(new() { Name = "g", Dimension = 2, Partitions = 3 }, Cancelled);
            for (int i = 0; i < 10; i++)
            {
                await client.EnrolAsync("g", $"p{i % 4}", new() { Vector = [1, i] }, Cancelled);
            }

            before = (await client.GetGalleryAsync("g", Cancelled)).RootHash;
            await first.StopAsync(Cancelled);
        }

        await using WebApplication second = RunningService.Build(folder.Root);
        await second.StartAsync(Cancelled);
        using GalleryClient again = new(GalleryHost.AddressOf(second));
        Assert.Equal(before, (await again.GetGalleryAsync("g", Cancelled)).RootHash);
        Assert.True((await again.VerifyAsync("g", Cancelled)).Ok);
        await second.StopAsync(Cancelled);
    }

    [Fact]
    public async Task RunAsync_Started_PrintsTheRealAddressAndStopsWhenToldTo()
    {
        using TemporaryFolder folder = new();
        await using WebApplication app = RunningService.Build(folder.Root);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        using StringWriter output = new();
        Task running = GalleryHost.RunAsync(app, TextWriter.Synchronized(output), stop.Token);
        while (!output.ToString().EndsWith('\n'))
        {
            Assert.False(running.IsFaulted, running.Exception?.Message);
            await Task.Delay(10, Cancelled);
        }

        string address = GalleryHost.AddressOf(app).GetLeftPart(UriPartial.Authority);
        Assert.Equal($"Listening on {address}", output.ToString().Trim());
        Assert.NotEqual(0, GalleryHost.AddressOf(app).Port);
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task Stop_WhileAClientStreams_EndsTheAnswerInOrderAndSoon()
    {
        using TemporaryFolder folder = new();
        await using WebApplication app = RunningService.Build(folder.Root);
        await app.StartAsync(Cancelled);
        Uri url = GalleryHost.AddressOf(app);
        using GalleryClient client = new(url);
        await client.CreateGalleryAsync(new() { Name = "g", Dimension = 2, Partitions = 1 }, Cancelled);
        const string Line = """{"identity":"a","vector":[1,2]}""" + "\n";
        using TcpClient tcp = await RawHttp.OpenAsync(
            url,
            "POST /v1/galleries/g/images:ingest HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
            + $"{Line.Length:X}\r\n{Line}\r\n");
        while ((await client.GetGalleryAsync("g", Cancelled)).Images == 0)
        {
            await Task.Delay(10, Cancelled);
        }

        Stopwatch watch = Stopwatch.StartNew();
        Task stopping = app.StopAsync(Cancelled);
        using StreamReader reader = new(tcp.GetStream());
        List<string?> lines = [];
        do
        {
            lines.Add(await reader.ReadLineAsync(Cancelled));
        }
        while (lines[^1] is not ("0" or null));
        await stopping;
        Assert.StartsWith("HTTP/1.1 200", lines[0], StringComparison.Ordinal);
        Assert.Single(lines, line => line?.Contains("\"searchable\"", StringComparison.Ordinal) == true);
        Assert.Equal("0", lines[^1]);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 15);
    }
}
