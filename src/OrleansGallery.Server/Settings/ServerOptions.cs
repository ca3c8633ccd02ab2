using System.ComponentModel.DataAnnotations;
using OrleansGallery.Abstractions;
using OrleansGallery.Inference;

namespace OrleansGallery.Server;

/// <summary>Settings of the process and of its HTTP API.</summary>
public sealed class ServerOptions : IValidatableObject
{
    /// <summary>The configuration section these options are read from.</summary>
    public const string Section = "Server";

    private const string KeysOff = "off";
    private const string KeysRequired = "required";

    /// <summary>
    /// The folder of the store and of the models; one process at a time may use it. Default: <c>gallery-data</c> in
    /// the working directory.
    /// </summary>
    [Required]
    public string DataFolder { get; set; } = "gallery-data";

    /// <summary>
    /// Where to listen, several separated by semicolons; port 0 takes a free one. Addresses beyond loopback need
    /// <see cref="Keys"/>, and <c>https</c> or <see cref="BehindProxy"/>. Without the role api only <c>/livez</c>,
    /// <c>/readyz</c> and <c>/metrics</c> are there, and it may be empty: nowhere. Default:
    /// <c>http://127.0.0.1:5210</c>.
    /// </summary>
    public string Urls { get; set; } = "http://127.0.0.1:5210";

    /// <summary>
    /// What this process does: <c>gallery</c> holds centroids and the store, <c>embedding</c> runs the models,
    /// <c>api</c> serves HTTP; several separated by commas. Less than gallery and api needs a cluster
    /// (<see cref="ClusterMemberOptions.Database"/>). Default: <c>gallery,embedding,api</c>.
    /// </summary>
    public string Roles { get; set; } = "gallery,embedding,api";

    /// <summary>
    /// What this process's silo is called in the cluster. One that starts again under the same name gets its partitions
    /// back; no two running ones may have the same. Default: empty, the machine's name.
    /// </summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>
    /// Where models run: <c>cpu</c>, <c>cuda</c> (the first CUDA device), <c>cuda:1</c>, or several as in
    /// <c>cuda:0,cuda:1</c>, which share the images. Default: <c>auto</c>, the first CUDA device where there is one,
    /// else the CPU.
    /// </summary>
    [Required]
    public string Device { get; set; } = TorchDevice.Auto;

    /// <summary>
    /// What models that are networks compute with: <c>float32</c>, <c>float16</c> or <c>bfloat16</c>; embeddings are
    /// float32 in any case, and those of different precisions may be mixed (1 - cosine at most 1e-5, with bfloat16
    /// 1e-4). Default: <c>auto</c>, float16 on CUDA; on CPUs bfloat16 where the processor computes it and is measured
    /// to be faster so, else float32.
    /// </summary>
    [Required]
    public string Precision { get; set; } = PrecisionName.Auto;

    /// <summary>
    /// Whether requests to the galleries need a key: <c>off</c> or <c>required</c>. The first key is made on the store
    /// itself: <c>gallery keys create --role admin --data DIR</c> or <c>--database …</c>. Default: <c>off</c>.
    /// </summary>
    public string Keys { get; set; } = KeysOff;

    /// <summary>How many requests per second a key is good for in each process, if the key does not say so itself; 0:
    /// any number. A stream to <c>images:ingest</c> is one request. Default: 0.</summary>
    [Range(0, 1_000_000)]
    public int KeyRequestsPerSecond { get; set; }

    /// <summary>How many requests at once a key is good for in each process, if the key does not say so itself; 0: any
    /// number. A stream of events is one as long as it is open. Default: 0.</summary>
    [Range(0, 1_000_000)]
    public int KeyMaxConcurrent { get; set; }

    /// <summary>The certificate of <c>https</c> addresses, PEM or PKCS #12. Default: empty, none.</summary>
    public string Certificate { get; set; } = string.Empty;

    /// <summary>Its private key, PEM. Default: empty, it is in the certificate's file.</summary>
    public string CertificateKey { get; set; } = string.Empty;

    /// <summary>The password of the private key. Default: empty, none.</summary>
    public string CertificatePassword { get; set; } = string.Empty;

    /// <summary>
    /// Whether answers over https tell browsers to use nothing else for this host for 30 days (HSTS). Only for a
    /// certificate that browsers trust by themselves: of a host that has said so they let nobody pass by a warning, and
    /// other services of the host must have https, too. Default: false.
    /// </summary>
    public bool Hsts { get; set; }

    /// <summary>
    /// Whether callers reach this process through a proxy alone, which has TLS: it may listen beyond loopback without
    /// any of its own, and believes <c>X-Forwarded-Proto</c>. Default: false.
    /// </summary>
    public bool BehindProxy { get; set; }

    /// <summary>
    /// Where to note who wrote what, as JSON lines; empty: nowhere. The file is this process's alone, which holds a
    /// <c>.lock</c> beside it. The log's category <c>OrleansGallery.Audit</c>, off unless <c>Logging</c> says
    /// otherwise, has the same. Default: empty.
    /// </summary>
    public string AuditFile { get; set; } = string.Empty;

    /// <summary>How large that file gets before it is called <c>.1</c>, and what was called so <c>.2</c>. Default: 64
    /// MiB.</summary>
    [Range(4_096, long.MaxValue)]
    public long AuditFileBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>How many older files of the trail are kept. Default: 10.</summary>
    [Range(1, 10_000)]
    public int AuditOlderFiles { get; set; } = 10;

    /// <summary>Whether searches are noted as well. Default: false.</summary>
    public bool AuditSearches { get; set; }

    /// <summary>The largest body of a request other than ingestion, in bytes. Default: 16 MiB.</summary>
    [Range(1_024, 1 << 30)]
    public int MaxBodyBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>The longest line of an ingest request, in bytes; a longer one is refused and skipped. Default: 16
    /// MiB.</summary>
    [Range(1_024, 1 << 30)]
    public int MaxLineBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// The most lines of one ingest request; what follows is not read. Also how many acks wait at most for a client
    /// that sends its whole body before it reads. Default: 10,000.
    /// </summary>
    [Range(1, 10_000)]
    public int MaxItemsPerRequest { get; set; } = 10_000;

    /// <summary>
    /// Items of one ingest request under way at once. More lets more of them share commits and batches, and holds
    /// more images in memory. Default: 128.
    /// </summary>
    [Range(1, 10_000)]
    public int MaxItemsInFlight { get; set; } = 128;

    /// <summary>The same in bytes; one larger item goes alone. Default: 64 MiB.</summary>
    [Range(1, long.MaxValue)]
    public long MaxBytesInFlight { get; set; } = 64 * 1024 * 1024;

    /// <summary>Threads that decode and resize images. Default: 0, one per core.</summary>
    [Range(0, 1_024)]
    public int DecodingThreads { get; set; }

    /// <summary>Threads of one forward pass on the CPU. Default: 0, half of the cores, because decoding and searching
    /// take the others.</summary>
    [Range(0, 1_024)]
    public int ModelThreads { get; set; }

    /// <summary>
    /// How long an image is handed to its identity again and again, while its silo or the database is away, before its
    /// sender hears that it should retry. Default: 15 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan EnrolTime { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>After this time the answer of a search is partial. Default: 2 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan SearchDeadline { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How many streams of events may be open in this process, of one key a quarter of them; each holds up to
    /// an answer per partition in memory. Default: 256.</summary>
    [Range(0, 1_000_000)]
    public int MaxEventStreams { get; set; } = 256;

    /// <summary>Where the models are: <c>models</c> in the data folder. Reading them needs no lock.</summary>
    internal string ModelsFolder => Path.Combine(Path.GetFullPath(DataFolder), "models");

    /// <summary>Whether requests need a key.</summary>
    internal bool AsksForKeys => Keys == KeysRequired;

    /// <summary>The roles one by one; those of an unchecked text may be none.</summary>
    internal IReadOnlyList<string> RoleNames => RoleList.TryParse(Roles, out string[]? roles, out _) ? roles : [];

    /// <summary>What no range can say.</summary>
    /// <param name="validationContext">Not used.</param>
    /// <returns>One result per fault.</returns>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!RoleList.TryParse(Roles, out string[]? roles, out string? fault))
        {
            yield return new ValidationResult(fault);
        }

        if (Name.Length > 0 && !SiloName.IsName(Name))
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(Name)} is '{Name}'; {SiloName.NameRule} are possible.");
        }

        if (Keys is not (KeysOff or KeysRequired))
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(Keys)} is '{Keys}'; {KeysOff} and {KeysRequired} are possible.");
        }

        if (TorchDevice.Fault(Device) is { } noDevice)
        {
            yield return new ValidationResult($"{Section}:{nameof(Device)}: {noDevice}");
        }

        if (PrecisionName.Find(Precision) is null)
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(Precision)} is '{Precision}'; {string.Join(", ", PrecisionName.All)} are "
                + "possible.");
        }

        string[] urls = ListenAddress.Split(Urls);
        if (urls.Length == 0 && roles?.Contains(SiloRoles.Api) != false)
        {
            yield return new ValidationResult($"{Section}:{nameof(Urls)} names no address, which the role api needs.");
        }

        foreach (string url in urls)
        {
            if (!ListenAddress.TryParse(url, this, out _, out string? failure))
            {
                yield return new ValidationResult(failure);
            }
        }
    }
}
