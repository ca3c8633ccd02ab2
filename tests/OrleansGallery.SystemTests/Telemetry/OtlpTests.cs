using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using OrleansGallery.Server;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Telemetry;

/// <summary>What is sent to an OTLP endpoint; a small one of our own receives it.</summary>
public sealed class OtlpTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Otlp_Named_GetsMetricsAndTraces_WithTheRequestsId()
    {
        ConcurrentDictionary<string, string> received = new();
        await using WebApplication collector = await CollectAsync(received);
        using TemporaryFolder folder = new();
        string id;
        await using (WebApplication app = Build(
            folder.Root, ("Metrics", "false"), ("OtlpEndpoint", collector.Urls.Single()), ("OtlpProtocol", "http"),
            ("TraceShare", "1")))
        {
            await app.StartAsync(Cancelled);
            using HttpClient http = new() { BaseAddress = GalleryHost.AddressOf(app) };
            using HttpResponseMessage galleries = await http.GetAsync(
                new Uri("/v1/galleries", UriKind.Relative), Cancelled);
            id = galleries.Headers.GetValues("X-Request-Id").Single();
            using HttpResponseMessage metrics = await http.GetAsync(new Uri("/metrics", UriKind.Relative), Cancelled);
            Assert.Equal(404, (int)metrics.StatusCode);
            await app.StopAsync(Cancelled);
        }

        // What had not been sent yet was, at the end.
        Assert.Contains("gallery.commit.queue.length", received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("gallery.request.id", received["/v1/traces"], StringComparison.Ordinal);
        Assert.Contains(id, received["/v1/traces"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OtlpEndpoint", "collector:4317", "Telemetry:OtlpEndpoint is 'collector:4317'")]
    [InlineData("OtlpProtocol", "thrift", "Telemetry:OtlpProtocol is 'thrift'")]
    [InlineData("TraceShare", "2", "Telemetry:TraceShare")]
    public void Build_WrongSetting_IsRefusedByItsName(string name, string value, string message)
    {
        using TemporaryFolder folder = new();
        Exception refused = Assert.ThrowsAny<Exception>(() => Build(folder.Root, (name, value)));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    private static WebApplication Build(string folder, params (string Name, string Value)[] settings)
    {
        Dictionary<string, string?> all = new()
        {
            ["Server:DataFolder"] = folder, ["Server:Urls"] = "http://127.0.0.1:0",
        };
        foreach ((string name, string value) in settings)
        {
            all[$"Telemetry:{name}"] = value;
        }

        return GalleryHost.Build(configFile: null, all);
    }

    private static async Task<WebApplication> CollectAsync(ConcurrentDictionary<string, string> received)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        WebApplication collector = builder.Build();
        collector.Run(async context =>
        {
            using MemoryStream body = new();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            string text = Encoding.Latin1.GetString(body.ToArray());
            received.AddOrUpdate(context.Request.Path, text, (_, before) => before + text);
        });
        await collector.StartAsync(Cancelled);
        return collector;
    }
}
