using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace OrleansGallery.Server;

/// <summary>The certificate that HTTP callers see.</summary>
internal static class HttpCertificate
{
    private const string Setting = $"{ServerOptions.Section}:{nameof(ServerOptions.Certificate)}";

    /// <exception cref="StartRefusedException">It is missing, of no use, or has run out.</exception>
    public static X509Certificate2 Load(ServerOptions server)
    {
        string path = server.Certificate;
        X509Certificate2 certificate = CertificateFile.Read(
            Setting, path, () => CertificateFile.Load(path, server.CertificateKey, server.CertificatePassword));
        string? fault = certificate switch
        {
            { HasPrivateKey: false } => "it has no private key.",
            _ when DateTime.Now > certificate.NotAfter => string.Create(
                CultureInfo.InvariantCulture, $"it was valid until {certificate.NotAfter.ToUniversalTime():u}."),
            _ => null,
        };
        if (fault is not null)
        {
            certificate.Dispose();
            throw CertificateFile.Refusal(Setting, path, fault);
        }

        return certificate;
    }
}
