using System.ComponentModel.DataAnnotations;

namespace OrleansGallery.Server;

/// <summary>What the process tells of itself to those who operate it.</summary>
public sealed class TelemetryOptions : IValidatableObject
{
    /// <summary>The configuration section these options are read from.</summary>
    public const string Section = "Telemetry";

    private const string Grpc = "grpc";
    private const string Http = "http";

    /// <summary>Whether there is <c>/metrics</c>, in Prometheus' text format; where keys are asked for, for one of the
    /// role read that is good for all galleries. Default: true.</summary>
    public bool Metrics { get; set; } = true;

    /// <summary>Where to send metrics, traces and logs by OTLP, as in <c>http://127.0.0.1:4317</c>. Default: empty,
    /// nowhere.</summary>
    public string OtlpEndpoint { get; set; } = string.Empty;

    /// <summary>How to send them: <c>grpc</c> or <c>http</c> (protobuf; the paths <c>/v1/metrics</c>, <c>/v1/traces</c>
    /// and <c>/v1/logs</c> are added to the endpoint). Default: <c>grpc</c>.</summary>
    public string OtlpProtocol { get; set; } = Grpc;

    /// <summary>Which share of the requests is traced where nobody before this process has decided it, 0 to 1.
    /// Default: 0.01.</summary>
    [Range(0.0, 1.0)]
    public double TraceShare { get; set; } = 0.01;

    /// <summary>Whether anything is sent.</summary>
    internal bool Sends => OtlpEndpoint.Length > 0;

    /// <summary>Whether it is sent over HTTP.</summary>
    internal bool SendsHttp => OtlpProtocol == Http;

    /// <summary>What no range can say.</summary>
    /// <param name="validationContext">Not used.</param>
    /// <returns>One result per fault.</returns>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Sends && (!Uri.TryCreate(OtlpEndpoint, UriKind.Absolute, out Uri? endpoint)
            || (endpoint.Scheme != Uri.UriSchemeHttp && endpoint.Scheme != Uri.UriSchemeHttps)))
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(OtlpEndpoint)} is '{OtlpEndpoint}'; an http or https address is possible.");
        }

        if (OtlpProtocol is not (Grpc or Http))
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(OtlpProtocol)} is '{OtlpProtocol}'; {Grpc} and {Http} are possible.");
        }
    }
}
