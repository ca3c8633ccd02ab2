using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using OrleansGallery.Server;
using OrleansGallery.SystemTests.Fixtures;
using OrleansGallery.SystemTests.Http;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Hosting;

/// <summary>Beyond loopback a service listens only with keys, and with TLS of its own or of a proxy.</summary>
public sealed class BeyondLoopbackTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CertificateFolder _certificates = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://0.0.0.0:0", false, false, false)]
    [InlineData("http://0.0.0.0:0", true, false, false)]
    [InlineData("http://0.0.0.0:0", false, true, false)]
    [InlineData("https://0.0.0.0:0", false, false, false)]
    [InlineData("http://[::]:0", true, false, false)]
    [InlineData("http://0.0.0.0:0", true, true, true)]
    [InlineData("https://0.0.0.0:0", true, false, true)]
    [InlineData("https://127.0.0.1:0", false, false, true)]
    [InlineData("http://127.0.0.1:0", false, false, true)]
    [InlineData("https://0.0.0.0:0;http://0.0.0.0:0", true, false, false)]
    [InlineData("http://127.0.0.1:0", false, true, false)]
    [InlineData("https://127.0.0.1:0", false, true, false)]
    [InlineData("http://127.0.0.1:0", true, true, true)]
    public void TryParse_TakesKeysAndTlsBeyondLoopback(string urls, bool keys, bool proxy, bool expected)
    {
        ServerOptions server = new()
        {
            Keys = keys ? "required" : "off", BehindProxy = proxy, Certificate = "a.pem",
        };

        Assert.Equal(expected, ListenAddress.Split(urls).All(url => ListenAddress.TryParse(url, server, out _, out _)));
    }

    [Fact]
    public async Task Serve_BeyondLoopbackWithoutKeys_Is1WithOneLineThatNamesTheSettings()
    {
        (int code, string output, string errors) = await GalleryProcess.RunAsync(
            "serve", "--data", _folder.File("data"), "--urls", "http://0.0.0.0:0");

        Assert.Equal((1, ""), (code, output));
        string line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.All(
            (string[])["Server:Keys=required", "Server:Certificate", "Server:BehindProxy=true", "--behind-proxy"],
            setting => Assert.Contains(setting, line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("false", null)]
    [InlineData("true", "max-age=2592000")]
    public async Task Start_Https_ShowsTheCertificate_AndBindsBrowsersToItOnlyWhereThatIsSet(string hsts, string? bound)
    {
        (string certificate, string key) = _certificates.Pem("service");
        await using WebApplication app = RunningService.Build(
            _folder.Root, ("Keys", "required"), ("Urls", "https://127.0.0.1:0"), ("Certificate", certificate),
            ("CertificateKey", key), ("Hsts", hsts));
        await app.StartAsync(Cancelled);
        string? shown = null;
        using HttpClientHandler handler = new()
        {
            ServerCertificateCustomValidationCallback = (_, own, _, _) => (shown = own?.Thumbprint) is not null,
        };
        using HttpClient http = new(handler) { BaseAddress = GalleryHost.AddressOf(app) };

        // Not of loopback names: those have other services beside this one.
        http.DefaultRequestHeaders.Host = "gallery.example";
        using HttpResponseMessage open = await http.GetAsync(new Uri("/livez", UriKind.Relative), Cancelled);
        using HttpResponseMessage closed = await http.GetAsync(new Uri("/v1/galleries", UriKind.Relative), Cancelled);

        Assert.Equal((200, 401), ((int)open.StatusCode, (int)closed.StatusCode));
        Assert.Equal(
            bound, open.Headers.TryGetValues("Strict-Transport-Security", out IEnumerable<string>? told)
                ? Assert.Single(told) : null);
        using X509Certificate2 expected = X509CertificateLoader.LoadCertificateFromFile(certificate);
        Assert.Equal(expected.Thumbprint, shown);
        await app.StopAsync(Cancelled);
    }

    [Fact]
    public async Task OwnApi_AfterTheCertificatesFilesWereRenewed_IsReached()
    {
        (string certificate, string key) = _certificates.Pem("service");
        await using WebApplication app = RunningService.Build(
            _folder.Root, ("Urls", "https://127.0.0.1:0"), ("Certificate", certificate), ("CertificateKey", key));
        await app.StartAsync(Cancelled);
        _certificates.Pem("service");
        using HttpClient http = OwnApi.Connect(
            app.Services.GetRequiredService<IServer>(), app.Services.GetRequiredService<HttpCertificate>());

        using HttpResponseMessage live = await http.GetAsync(new Uri("/livez", UriKind.Relative), Cancelled);

        Assert.Equal(200, (int)live.StatusCode);
        await app.StopAsync(Cancelled);
    }

    [Theory]
    [InlineData(-9, -1)]
    [InlineData(1, 9)]
    public void Build_HttpsWithACertificateThatIsNotValidNow_IsRefusedByName(int from, int to)
    {
        (string certificate, string key) = _certificates.Pem("old", validFromDays: from, validToDays: to);

        StartRefusedException refused = Assert.Throws<StartRefusedException>(() => RunningService.Build(
            _folder.Root, ("Urls", "https://127.0.0.1:0"), ("Certificate", certificate), ("CertificateKey", key)));

        Assert.Contains("Server:Certificate", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _certificates.Dispose();
        _folder.Dispose();
    }
}
