namespace OrleansGallery.Training;

/// <summary>
/// The paper's table as far as others quote it, and what others measured with its code. Its whole table could not be
/// had; nothing here is guessed.
/// </summary>
internal static class PaperFigures
{
    private const string Centroid = "centroid";
    private const string Notes = "reading notes on the paper";
    private const string Port = "README of the port to Ascend, as \"open source accuracy\"";
    private const string PortNotes = "notes of the port to Ascend";

    // Before All, which reads it.
    private static readonly double[] TrainedAnew = [0.9606, 0.9547, 0.9641];

    /// <summary>All of them; each is keyed by the recipe whose model it is of.</summary>
    public static IReadOnlyList<PaperFigure> All { get; } =
    [
        new PaperFigure
        {
            Recipe = "market1501-ctl", Whose = "others, the paper's weights",
            SearchBy = "not said; fits single image", Map = 0.8539, Rank1 = 0.939, Rank5 = 0.982, Rank10 = 0.989,
            Rank20 = 0.994, Rank50 = 0.996, Source = IssueOf(5),
        },
        new PaperFigure
        {
            Recipe = "market1501-ctl", Whose = "others, the paper's weights", SearchBy = Centroid, Map = 0.9874,
            Rank1 = 0.985, Rank5 = 0.991, Rank10 = 0.996, Rank20 = 0.997, Rank50 = 0.999, Source = IssueOf(14),
        },
        new PaperFigure
        {
            Recipe = "market1501-ctl", Whose = "others, cameras read rightly", SearchBy = Centroid, Rank1 = 0.948,
            Source = IssueOf(41),
        },
        new PaperFigure
        {
            Recipe = "dukemtmcreid-ctl", Whose = "the paper, CTL, ResNet-50, 256 x 128", SearchBy = Centroid,
            Map = 0.961, Rank1 = 0.956, Rank5 = 0.962, Rank10 = 0.979, Source = Port,
        },
        new PaperFigure
        {
            Recipe = "dukemtmcreid-ctl", Whose = "others, the paper's weights", SearchBy = Centroid, Map = 0.974,
            Rank1 = 0.968, Rank5 = 0.987, Rank10 = 0.991, Source = PortNotes,
        },
        .. TrainedAnew.Select(map => new PaperFigure
        {
            Recipe = "dukemtmcreid-ctl", Whose = "others, trained anew", SearchBy = Centroid, Map = map,
            Source = PortNotes,
        }),
        new PaperFigure
        {
            Recipe = "deepfashion-ctl-s", Whose = "the paper, CTL-S, ResNet-50", SearchBy = Centroid, Map = 0.404,
            Rank1 = 0.294, Source = Notes,
        },
        new PaperFigure
        {
            Recipe = "street2shop-ctl-l", Whose = "the paper, CTL-L, ResNet-50-IBN", SearchBy = Centroid, Map = 0.598,
            Rank1 = 0.537, Source = Notes,
        },
    ];

    private static string IssueOf(int number) =>
        FormattableString.Invariant($"issue #{number} of the paper's repository");
}
