using System.Globalization;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Cli;

/// <summary>What <c>gallery evaluate --json</c> prints.</summary>
internal sealed record EvaluationDocument
{
    public required string Protocol { get; init; }

    public required bool ReferenceCompatible { get; init; }

    /// <summary>Every gallery image is searched; null: a service was asked, which searches centroids.</summary>
    public required ModeDocument? Instance { get; init; }

    /// <summary>Centroids are searched, as the protocol has them.</summary>
    public required ModeDocument Centroid { get; init; }

    /// <summary>As <see cref="Instance"/>, with identities without a query dropped.</summary>
    public required ModeDocument? InstanceDropped { get; init; }

    /// <summary>As <see cref="Centroid"/>, with identities without a query treated the other way.</summary>
    public required ModeDocument CentroidOther { get; init; }

    public static EvaluationDocument Of(EvaluationReport report, EvaluationOptions options, int queries)
    {
        bool reid = options.Protocol == EvaluationProtocol.Reid;
        return new EvaluationDocument
        {
            Protocol = reid ? "reid" : "fashion",
            ReferenceCompatible = options.ReferenceCompatible,
            Instance = ModeDocument.Of(report.Instance, queries, kept: true),
            Centroid = ModeDocument.Of(report.Centroid, queries, kept: !reid),
            InstanceDropped = ModeDocument.Of(report.InstanceDropped, queries, kept: false),
            CentroidOther = ModeDocument.Of(report.CentroidOther, queries, kept: reid),
        };
    }

    /// <summary>What a service answered.</summary>
    /// <param name="protocol">By which protocol.</param>
    /// <param name="dropped">Without the identities that no query is of.</param>
    /// <param name="kept">With them.</param>
    /// <param name="queries">How many queries there were.</param>
    public static EvaluationDocument OfService(
        EvaluationProtocol protocol, ModeResult dropped, ModeResult kept, int queries)
    {
        bool reid = protocol == EvaluationProtocol.Reid;
        return new EvaluationDocument
        {
            Protocol = reid ? "reid" : "fashion",
            ReferenceCompatible = false,
            Instance = null,
            Centroid = ModeDocument.Of(reid ? dropped : kept, queries, kept: !reid),
            InstanceDropped = null,
            CentroidOther = ModeDocument.Of(reid ? kept : dropped, queries, kept: reid),
        };
    }

    public void WriteTable(CommandOutput output)
    {
        output.WriteTable(
            ["search by", "identities without query", "rank-1", "rank-5", "rank-10", "rank-20", "rank-50", "mAP",
                "mINP", "FNIR@FPIR 10 %", "FNIR@FPIR 1 %", "queries", "vectors", "bytes", "ms/query"],
            new[] { ("single image", Instance), ("centroid", Centroid), ("single image", InstanceDropped),
                ("centroid", CentroidOther) }
                .Where(mode => mode.Item2 is not null).Select(mode => Row(mode.Item1, mode.Item2!)));
        output.WriteLine($"Protocol {Protocol}; its own rows come first.");
        if ((Instance ?? Centroid).QueriesWithoutMatch is var without and > 0)
        {
            output.WriteLine(
                $"{Figures.Count(without)} queries have nothing correct to find and do not "
                + "count.");
        }

        if (ReferenceCompatible)
        {
            output.WriteLine(
                "Reference compatible: centroids are made by the published code's wrong cameras, so that images of the "
                + "query's own camera are in them; the results are too good.");
        }

        output.WriteLine("A centroid uses the gallery's identity labels; its mAP is no instance mAP of other papers.");
    }

    private static IReadOnlyList<string> Row(string name, ModeDocument mode) =>
    [
        name, mode.IdentitiesWithoutQuery, Share(mode.Rank1), Share(mode.Rank5), Share(mode.Rank10), Share(mode.Rank20),
        Share(mode.Rank50), Share(mode.MeanAveragePrecision), Share(mode.MeanInverseNegativePenalty),
        Share(mode.FnirAtFpir10), Share(mode.FnirAtFpir1), Figures.Count(mode.Queries), Figures.Count(mode.Gallery),
        Figures.Count(mode.Bytes), mode.SearchMs.ToString("0.000", CultureInfo.InvariantCulture),
    ];

    private static string Share(double? value) => value?.ToString("P1", CultureInfo.InvariantCulture) ?? "-";
}
