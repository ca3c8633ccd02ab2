using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace OrleansGallery.Server;

/// <summary>
/// Tells Kestrel where to listen. Its own configuration section and variables are not read, so that nothing but
/// <see cref="ServerOptions.Urls"/> opens a port.
/// </summary>
internal sealed class KestrelSetup(IOptions<ServerOptions> server, HttpCertificate certificate)
    : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = server.Value.MaxBodyBytes;
        foreach (string url in ListenAddress.Split(server.Value.Urls))
        {
            if (!ListenAddress.TryParse(url, server.Value, out ListenAddress? address, out string? failure))
            {
                throw new InvalidOperationException(failure);
            }

            options.Listen(address.Endpoint, listen =>
            {
                if (address.HasTls)
                {
                    listen.Protocols = HttpProtocols.Http1;
                    listen.UseHttps(certificate.Value);
                }
            });
        }
    }
}
