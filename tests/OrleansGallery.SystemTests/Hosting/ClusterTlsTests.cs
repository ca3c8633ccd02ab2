using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using OrleansGallery.Client;
using OrleansGallery.Server;
using OrleansGallery.SystemTests.Fixtures;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Hosting;

/// <summary>Processes of a cluster let in only who shows a certificate of its authority.</summary>
[Trait("Category", "Cluster")]
public sealed class ClusterTlsTests(ClusterStore store) : IClassFixture<ClusterStore>, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CertificateFolder _certificates = new();
    private readonly CertificateFolder _foreign = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Processes_WithCertificatesOfOneAuthority_WorkTogether()
    {
        string cluster = store.NextCluster();
        (string certificate, string key) = _certificates.Pem("embedding");
        await using WebApplication gallery = await StartAsync(cluster, "gallery", "gallery", Pfx());
        await using WebApplication embedding = await StartAsync(
            cluster, "embedding", "embedding", ("Certificate", certificate), ("CertificateKey", key));
        await using WebApplication api = await StartAsync(cluster, "api", "api", Pfx());
        using GalleryClient client = new(GalleryHost.AddressOf(api));

        // The gallery's process asks the embedding one for the model.
        await client.CreateGalleryAsync(new() { Name = "g", Model = "default", Partitions = 2 }, Cancelled);
        await client.EnrolFileAsync(
            "g", "anna", PngFile.Rgb(32, 32, FormulaPixels.Rgb(32, 32)), cancellationToken: Cancelled);

        Assert.Equal(1, (await client.GetGalleryAsync("g", Cancelled)).Images);
        await api.StopAsync(Cancelled);
        await embedding.StopAsync(Cancelled);
        await gallery.StopAsync(Cancelled);
    }

    [Theory]
    [InlineData("SiloPort")]
    [InlineData("GatewayPort")]
    public async Task Silo_PeerWithoutItsAuthoritysCertificate_IsShutOut(string port)
    {
        int number = FreePorts.FindOne(IPAddress.Loopback);
        await using WebApplication silo = await StartAsync(
            store.NextCluster(), "silo", "embedding", [.. Pfx(), (port, $"{number}")]);

        Assert.True(await IsLetInAsync(number, _certificates));
        Assert.False(await IsLetInAsync(number, _foreign));
        Assert.False(await IsLetInAsync(number, null));
        await silo.StopAsync(Cancelled);
    }

    [Fact]
    public async Task Client_WithoutACertificate_IsNeverReady()
    {
        string cluster = store.NextCluster();
        await using WebApplication silo = await StartAsync(cluster, "silo", "embedding", Pfx());
        await using WebApplication api = store.Build(_folder, cluster, "api", "api");
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(4));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => api.StartAsync(stop.Token));
        await silo.StopAsync(Cancelled);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _certificates.Dispose();
        _foreign.Dispose();
    }

    // A connection lives if the silo waits for what its peer says next; TLS 1.3 refuses after the handshake.
    private static async Task<bool> IsLetInAsync(int port, CertificateFolder? certificates)
    {
        using TcpClient tcp = new();
        await tcp.ConnectAsync(IPAddress.Loopback, port, Cancelled);
        await using SslStream tls = new(tcp.GetStream());
        using X509Certificate2? own = certificates?.Issue();
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "silo",
                    ClientCertificates = own is null ? [] : [own],
                    RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
                },
                Cancelled);
            byte[] buffer = new byte[1];
            return await tls.ReadAsync(buffer, Cancelled).AsTask().WaitAsync(TimeSpan.FromSeconds(5), Cancelled) > 0;
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            return false;
        }
        catch (TimeoutException)
        {
            return true;
        }
    }

    private (string, string)[] Pfx() =>
        [("Certificate", _certificates.Pfx("silo.pfx", "secret")), ("CertificatePassword", "secret")];

    private async Task<WebApplication> StartAsync(
        string cluster, string name, string roles, params (string Key, string Value)[] settings)
    {
        WebApplication app = store.Build(
            _folder, cluster, name, roles,
            [
                .. settings.Select(setting => ($"Cluster:{setting.Key}", setting.Value)),
                ("Cluster:CertificateAuthority", _certificates.Authority),
            ]);
        await app.StartAsync(Cancelled);
        return app;
    }
}
