using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Fixtures;

/// <summary>Certificates of an authority of their own, in files.</summary>
internal sealed class CertificateFolder : IDisposable
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    private readonly TemporaryFolder _folder = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _authority;

    public CertificateFolder()
    {
        CertificateRequest request = new("CN=Cluster authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        DateTimeOffset now = DateTimeOffset.UtcNow;
        _authority = request.CreateSelfSigned(now.AddDays(-60), now.AddDays(60));
        File.WriteAllText(Authority, _authority.ExportCertificatePem());
    }

    /// <summary>The authority's file.</summary>
    public string Authority => _folder.File("authority.pem");

    public string Path(string name) => _folder.File(name);

    /// <summary>A PFX file.</summary>
    public string Pfx(string name, string password)
    {
        using X509Certificate2 certificate = Issue();
        File.WriteAllBytes(Path(name), certificate.Export(X509ContentType.Pkcs12, password));
        return Path(name);
    }

    /// <summary>A PEM file with its key in another.</summary>
    public (string Certificate, string Key) Pem(
        string name, int validFromDays = -1, int validToDays = 1, string use = ServerUse, string? host = null)
    {
        using X509Certificate2 certificate = Issue(validFromDays, validToDays, use, host);
        using ECDsa key = certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(Path($"{name}.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path($"{name}.key"), key.ExportPkcs8PrivateKeyPem());
        return (Path($"{name}.pem"), Path($"{name}.key"));
    }

    public X509Certificate2 Issue(
        int validFromDays = -1, int validToDays = 1, string use = ServerUse, string? host = null)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=A process", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid(use), new Oid(ClientUse)], critical: false));
        if (host is not null)
        {
            SubjectAlternativeNameBuilder names = new();
            names.AddDnsName(host);
            request.CertificateExtensions.Add(names.Build());
        }

        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 bare = request.Create(
            _authority, now.AddDays(validFromDays), now.AddDays(validToDays), RandomNumberGenerator.GetBytes(8));
        using X509Certificate2 whole = bare.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(
            whole.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _key.Dispose();
        _folder.Dispose();
    }
}
