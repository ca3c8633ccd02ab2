using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace OrleansGallery.Server;

/// <summary>Whether the certificates can be used, for how long, and for whom.</summary>
internal sealed class CertificatesCheck(DoctorSubject subject) : IDoctorCheck
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    public string Name => "certificates";

    public Task RunAsync(DoctorReport report, CancellationToken cancellationToken)
    {
        ServerOptions server = subject.Server;
        if (subject.Addresses.Any(address => address.HasTls))
        {
            string setting = DoctorText.Setting(nameof(server.Certificate));
            Look(report, setting, server.Certificate, server.CertificateKey, () =>
            {
                using X509Certificate2 certificate = HttpCertificate.Load(server);
                SayNames(report, setting, certificate);
                return certificate.NotAfter;
            });
        }

        ClusterMemberOptions cluster = subject.Cluster;
        if (cluster is { IsShared: true, HasCertificate: true })
        {
            Look(
                report, ClusterMemberOptions.Name(nameof(cluster.Certificate)), cluster.Certificate,
                cluster.CertificateKey, () => ClusterCertificate.Load(cluster).NotAfter);
        }

        return Task.CompletedTask;
    }

    private void Look(DoctorReport report, string setting, string path, string keyPath, Func<DateTime> load)
    {
        try
        {
            DateTime end = load().ToUniversalTime();
            string text = $"{setting} is valid until {end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.";
            if (end < subject.Time.GetUtcNow() + Soon)
            {
                report.Warn(text, "Renew it, and start the service again afterwards.");
            }
            else
            {
                report.Ok(text);
            }
        }
        catch (StartRefusedException exception)
        {
            report.Wrong(exception.Message, "Name a certificate, its key and its password that belong together.");
            return;
        }

        string key = keyPath.Length > 0 ? keyPath : path;
        if (FileRights.AllowAnybody(key))
        {
            report.Warn($"Everybody on this machine may read the private key in '{key}'.", $"chmod 600 '{key}'");
        }
    }

    // Clients compare the name that they ask for with these; which they ask for is not known here.
    private static void SayNames(DoctorReport report, string setting, X509Certificate2 certificate)
    {
        string[] names =
        [
            .. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(
                extension => extension.EnumerateDnsNames()
                    .Concat(extension.EnumerateIPAddresses().Select(address => address.ToString()))),
        ];
        if (names.Length == 0)
        {
            report.Warn(
                $"{setting} names no host, so that clients refuse it.",
                "Have it issued with the names that callers use (subject alternative names).");
        }
        else
        {
            report.Ok($"{setting} is for {string.Join(", ", names)}.");
        }
    }
}
