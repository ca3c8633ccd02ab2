using OrleansGallery.Retrieval;

namespace OrleansGallery.Cli;

/// <summary>What <c>gallery evaluate --json</c> prints.</summary>
internal sealed record EvaluationDocument
{
    public required string Protocol { get; init; }

    public required bool ReferenceCompatible { get; init; }

    /// <summary>Every gallery image is searched.</summary>
    public required ModeDocument Instance { get; init; }

    /// <summary>Centroids are searched, as the protocol has them.</summary>
    public required ModeDocument Centroid { get; init; }

    /// <summary>The same with identities without a query dropped (instance), and treated the other way than the protocol
    /// does (centroid).</summary>
    public required ModeDocument InstanceDropped { get; init; }

    public required ModeDocument CentroidOther { get; init; }

    public static EvaluationDocument Of(EvaluationReport report, EvaluationOptions options) => new()
    {
        Protocol = options.Protocol == EvaluationProtocol.Reid ? "reid" : "fashion",
        ReferenceCompatible = options.ReferenceCompatible,
        Instance = ModeDocument.Of(report.Instance),
        Centroid = ModeDocument.Of(report.Centroid),
        InstanceDropped = ModeDocument.Of(report.InstanceDropped),
        CentroidOther = ModeDocument.Of(report.CentroidOther),
    };
}
