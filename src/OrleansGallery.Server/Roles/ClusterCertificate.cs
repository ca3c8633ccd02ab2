using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;

namespace OrleansGallery.Server;

/// <summary>
/// This process's certificate, and the authority whose certificates it lets in. Both ends of every connection show
/// theirs; names in them are not compared with addresses, since the authority is the cluster's own.
/// </summary>
internal sealed class ClusterCertificate
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2 _own;
    private readonly X509Certificate2Collection _authority;

    private ClusterCertificate(X509Certificate2 own, X509Certificate2Collection authority) =>
        (_own, _authority) = (own, authority);

    /// <summary>Reads and checks the files that the settings name.</summary>
    /// <exception cref="StartRefusedException">One is missing or of no use; the setting is named.</exception>
    public static ClusterCertificate Load(ClusterMemberOptions settings)
    {
        X509Certificate2Collection authority = Read(
            nameof(settings.CertificateAuthority), settings.CertificateAuthority, () => ReadAuthority(settings));
        X509Certificate2 own = Read(nameof(settings.Certificate), settings.Certificate, () => ReadOwn(settings));
        ClusterCertificate certificate = new(own, authority);
        if (certificate.FaultOf(DateTime.Now) is { } fault)
        {
            throw Refusal(nameof(settings.Certificate), settings.Certificate, fault);
        }

        return certificate;
    }

    /// <summary>Sets both ends of connections, of silos and of clients.</summary>
    public void Apply(TlsOptions options)
    {
        options.LocalCertificate = _own;
        options.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        options.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        options.RemoteCertificateValidation = (remote, chain, _) => IsOfAuthority(remote, chain);
    }

    private static X509Certificate2Collection ReadAuthority(ClusterMemberOptions settings)
    {
        X509Certificate2Collection authority = [];
        authority.ImportFromPemFile(settings.CertificateAuthority);
        return authority.Count > 0 ? authority : throw new CryptographicException("it has no PEM certificate.");
    }

    private static X509Certificate2 ReadOwn(ClusterMemberOptions settings)
    {
        string? password = settings.CertificatePassword is { Length: > 0 } given ? given : null;
        if (X509Certificate2.GetCertContentType(settings.Certificate) == X509ContentType.Pkcs12)
        {
            return X509CertificateLoader.LoadPkcs12FromFile(settings.Certificate, password);
        }

        string? key = settings.CertificateKey is { Length: > 0 } file ? file : null;
        using X509Certificate2 pem = password is null
            ? X509Certificate2.CreateFromPemFile(settings.Certificate, key)
            : X509Certificate2.CreateFromEncryptedPemFile(settings.Certificate, password, key);

        // Windows takes no key for TLS that was only read from a file.
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), password: null);
    }

    private static T Read<T>(string key, string path, Func<T> read)
    {
        try
        {
            return File.Exists(path) ? read() : throw Refusal(key, path, "there is no such file.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or CryptographicException or ArgumentException)
        {
            throw Refusal(key, path, exception.Message.ReplaceLineEndings(" "), exception);
        }
    }

    private static StartRefusedException Refusal(string key, string path, string fault, Exception? cause = null) =>
        new($"{ClusterMemberOptions.Name(key)} is '{path}', which cannot be used: {fault}", cause);

    private string? FaultOf(DateTime now) => _own switch
    {
        { HasPrivateKey: false } => "it has no private key.",
        _ when now > _own.NotAfter => $"it was valid until {Text(_own.NotAfter)}.",
        _ when now < _own.NotBefore => $"it is valid from {Text(_own.NotBefore)}.",
        _ when !Allows(ServerUse) || !Allows(ClientUse) =>
            "its extended key usage does not allow both serverAuth and clientAuth.",
        _ when !IsOfAuthority(_own, sent: null) =>
            $"it is not of {ClusterMemberOptions.Name(nameof(ClusterMemberOptions.CertificateAuthority))}.",
        _ => null,
    };

    private static string Text(DateTime time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private bool Allows(string use) => _own.Extensions.OfType<X509EnhancedKeyUsageExtension>()
        .All(usage => usage.EnhancedKeyUsages.Cast<Oid>().Any(allowed => allowed.Value == use));

    private bool IsOfAuthority(X509Certificate2 certificate, X509Chain? sent)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (sent is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        }

        return chain.Build(certificate);
    }
}
