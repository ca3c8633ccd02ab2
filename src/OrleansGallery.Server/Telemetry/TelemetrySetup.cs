using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>Collects what the instruments say, for Prometheus at <see cref="Path"/> and for an OTLP endpoint.</summary>
internal static class TelemetrySetup
{
    public const string Path = "/metrics";

    // The service's own meters and sources, and .NET's of HTTP requests and of the process.
    private const string Own = "OrleansGallery.*";
    private const string Http = "Microsoft.AspNetCore";
    private const string HttpMeter = "Microsoft.AspNetCore.Hosting";
    private const string Runtime = "System.Runtime";

    private static readonly double[] Seconds =
        [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private static readonly double[] Numbers = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddMetrics();
        services.AddSingleton<ServerInstruments>();
        services.AddSection<TelemetryOptions>(builder.Configuration);
        TelemetryOptions options = KnownSettings.Read<TelemetryOptions>(builder.Configuration);
        if (!options.Metrics && !options.Sends)
        {
            return;
        }

        OpenTelemetryBuilder telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("gallery"))
            .WithMetrics(metrics => Collect(metrics, options));
        if (options.Sends)
        {
            telemetry.WithTracing(traces => traces
                .AddSource(Own, Http)
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.TraceShare)))
                .AddOtlpExporter(to => Send(to, options, "traces")));
            builder.Logging.AddOpenTelemetry(logs => logs.AddOtlpExporter(to => Send(to, options, "logs")));
        }
    }

    /// <summary>Maps the route, where it is wanted.</summary>
    public static void Map(IEndpointRouteBuilder routes, TelemetryOptions options)
    {
        if (options.Metrics)
        {
            // Its counts are those of all galleries together.
            routes.MapPrometheusScrapingEndpoint(Path)
                .WithMetadata(new KeyNeed(KeyRole.Read, AllGalleries: true), new ExcludeFromDescriptionAttribute());
        }
    }

    private static void Collect(MeterProviderBuilder metrics, TelemetryOptions options)
    {
        metrics.AddMeter(Own, HttpMeter, Runtime).AddView(BucketsOf);
        if (options.Metrics)
        {
            // What is asked for is what there is, not what somebody else was told a moment ago.
            metrics.AddPrometheusExporter(prometheus => prometheus.ScrapeResponseCacheDurationMilliseconds = 0);
        }

        if (options.Sends)
        {
            metrics.AddOtlpExporter(to => Send(to, options, "metrics"));
        }
    }

    // The defaults are made for milliseconds.
    private static ExplicitBucketHistogramConfiguration? BucketsOf(Instrument instrument) =>
        !instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal) ? null
            : new ExplicitBucketHistogramConfiguration { Boundaries = instrument.Unit == "s" ? Seconds : Numbers };

    private static void Send(OtlpExporterOptions to, TelemetryOptions options, string signal)
    {
        to.Protocol = options.SendsHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        to.Endpoint = options.SendsHttp
            ? new Uri($"{options.OtlpEndpoint.TrimEnd('/')}/v1/{signal}")
            : new Uri(options.OtlpEndpoint);
    }
}
