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

    /// <summary>Until when it is valid, local time.</summary>
    public DateTime NotAfter => _own.NotAfter;

    /// <summary>Reads and checks the files that the settings name.</summary>
    /// <exception cref="StartRefusedException">One is missing or of no use; the setting is named.</exception>
    public static ClusterCertificate Load(ClusterMemberOptions settings)
    {
        X509Certificate2Collection authority = CertificateFile.Read(
            ClusterMemberOptions.Name(nameof(settings.CertificateAuthority)), settings.CertificateAuthority,
            () => ReadAuthority(settings));
        string setting = ClusterMemberOptions.Name(nameof(settings.Certificate));
        X509Certificate2 own = CertificateFile.Read(setting, settings.Certificate, () => CertificateFile.Load(
            settings.Certificate, settings.CertificateKey, settings.CertificatePassword));
        ClusterCertificate certificate = new(own, authority);
        if (certificate.FaultOf(DateTime.Now) is { } fault)
        {
            throw CertificateFile.Refusal(setting, settings.Certificate, fault);
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

    private string? FaultOf(DateTime now) => CertificateFile.FaultOf(_own, now) ?? this switch
    {
        _ when !Allows(ServerUse) || !Allows(ClientUse) =>
            "its extended key usage does not allow both serverAuth and clientAuth.",
        _ when !IsOfAuthority(_own, sent: null) =>
            $"it is not of {ClusterMemberOptions.Name(nameof(ClusterMemberOptions.CertificateAuthority))}.",
        _ => null,
    };

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
