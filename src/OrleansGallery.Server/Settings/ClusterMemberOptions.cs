using System.ComponentModel.DataAnnotations;
using System.Net;
using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Server;

/// <summary>How this process takes part in a cluster. Without a database it is a cluster of its own.</summary>
public sealed class ClusterMemberOptions : IValidatableObject
{
    /// <summary>The configuration section these options are read from.</summary>
    public const string Section = "Cluster";

    /// <summary>
    /// The cluster's name; processes with the same name and database find each other. A database is for one cluster.
    /// Default: <c>gallery</c>.
    /// </summary>
    [Required]
    public string Id { get; set; } = "gallery";

    /// <summary>
    /// The cluster's PostgreSQL database, as an Npgsql connection string (<c>Host=db;Database=gallery;Username=…</c>);
    /// <c>gallery store init</c> makes its tables. Default: empty, a cluster of this process alone, with SQLite in the
    /// data folder.
    /// </summary>
    public string Database { get; set; } = string.Empty;

    /// <summary>
    /// The IP address on which other processes reach this one's silo; <c>0.0.0.0</c>: all that the machine has. Beyond
    /// loopback it needs a certificate. Default: <c>127.0.0.1</c>.
    /// </summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The port on which silos reach this one. Default: 0, a free one from 20,000 on.</summary>
    [Range(0, ushort.MaxValue)]
    public int SiloPort { get; set; }

    /// <summary>The port on which processes with the role api alone reach this silo. Default: 0, a free one from
    /// 20,000 on.</summary>
    [Range(0, ushort.MaxValue)]
    public int GatewayPort { get; set; }

    /// <summary>
    /// What others are told of the address, where it differs (a container, a proxy): an IP address, or a host name that
    /// is looked up once at the start. Default: empty, <see cref="Address"/>.
    /// </summary>
    public string AdvertisedAddress { get; set; } = string.Empty;

    /// <summary>What others are told of the silo's port. Default: 0, <see cref="SiloPort"/>.</summary>
    [Range(0, ushort.MaxValue)]
    public int AdvertisedSiloPort { get; set; }

    /// <summary>What others are told of the gateway's port. Default: 0, <see cref="GatewayPort"/>.</summary>
    [Range(0, ushort.MaxValue)]
    public int AdvertisedGatewayPort { get; set; }

    /// <summary>
    /// The file of this process's certificate: PFX, or PEM. With it all connections of the cluster are encrypted, and
    /// both sides show a certificate of <see cref="CertificateAuthority"/>. Default: empty, plain connections, on
    /// loopback only.
    /// </summary>
    public string Certificate { get; set; } = string.Empty;

    /// <summary>The file of a PEM certificate's private key. Default: empty, in the certificate's file.</summary>
    public string CertificateKey { get; set; } = string.Empty;

    /// <summary>The password of the PFX file or of the private key. Default: empty, none.</summary>
    public string CertificatePassword { get; set; } = string.Empty;

    /// <summary>
    /// A PEM file of the authority whose certificates are let in. Whoever has one of them can do everything, so it is
    /// one for this cluster. Default: empty.
    /// </summary>
    public string CertificateAuthority { get; set; } = string.Empty;

    /// <summary>Whether there may be other processes.</summary>
    internal bool IsShared => Database.Length > 0;

    /// <summary>Whether connections are encrypted.</summary>
    internal bool HasCertificate => Certificate.Length > 0;

    /// <summary>What no range can say.</summary>
    /// <param name="validationContext">Not used.</param>
    /// <returns>One result per fault.</returns>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!SiloName.IsName(Id))
        {
            yield return Fault(nameof(Id), $"'{Id}'; {SiloName.NameRule} are possible");
        }

        if (IsShared && ClusterDatabase.FaultOf(Database) is { } fault)
        {
            yield return new ValidationResult($"{Name(nameof(Database))} is no connection string: {fault}");
        }

        if (!IPAddress.TryParse(Address, out IPAddress? address))
        {
            yield return Fault(nameof(Address), $"'{Address}', which is no IP address");
        }
        else if (IsShared && !IPAddress.IsLoopback(address) && !HasCertificate)
        {
            yield return Fault(
                nameof(Address),
                $"'{Address}', which is no loopback address; that needs {Name(nameof(Certificate))} and "
                + Name(nameof(CertificateAuthority)));
        }

        if (address is not null && AdvertisedAddress.Length == 0
            && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)))
        {
            yield return Fault(nameof(AdvertisedAddress), $"empty; others cannot reach '{Address}', name an address");
        }

        if (HasCertificate != CertificateAuthority.Length > 0)
        {
            yield return Fault(
                HasCertificate ? nameof(CertificateAuthority) : nameof(Certificate),
                "empty; a certificate and its authority go together");
        }
    }

    /// <summary>A setting's full name, for messages.</summary>
    internal static string Name(string key) => $"{Section}:{key}";

    private static ValidationResult Fault(string key, string what) => new($"{Name(key)} is {what}.");
}
