using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace OrleansGallery.Server;

/// <summary>The certificate that HTTP callers see, as it was when it was first asked for: files that are renewed
/// meanwhile are those of the next start.</summary>
internal sealed class HttpCertificate(IOptions<ServerOptions> server) : IDisposable
{
    private const string Setting = $"{ServerOptions.Section}:{nameof(ServerOptions.Certificate)}";

    private readonly Lazy<X509Certificate2> _certificate = new(() => Load(server.Value));

    /// <exception cref="StartRefusedException">It is missing, of no use, has run out, or is not valid yet.</exception>
    public X509Certificate2 Value => _certificate.Value;

    public void Dispose()
    {
        if (_certificate.IsValueCreated)
        {
            _certificate.Value.Dispose();
        }
    }

    /// <summary>Reads and checks the file that the settings name.</summary>
    /// <exception cref="StartRefusedException">It is missing, of no use, has run out, or is not valid yet.</exception>
    public static X509Certificate2 Load(ServerOptions server)
    {
        string path = server.Certificate;
        X509Certificate2 certificate = CertificateFile.Read(
            Setting, path, () => CertificateFile.Load(path, server.CertificateKey, server.CertificatePassword));
        if (CertificateFile.FaultOf(certificate, DateTime.Now) is { } fault)
        {
            certificate.Dispose();
            throw CertificateFile.Refusal(Setting, path, fault);
        }

        return certificate;
    }
}
