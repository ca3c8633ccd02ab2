using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>What requests for events and the events look like.</summary>
internal static class EventExamples
{
    public static WatchRequest Watch { get; } = new()
    {
        Prefix = "p",
        Query = new SearchRequest { Vector = [0.1f, 0.2f, -0.3f, 0.4f] },
        MinScore = 0.6,
        Filter = SearchExamples.Search.Filter,
    };

    public static GalleryEvent Changed { get; } = new()
    {
        Kind = GalleryEventKind.Changed, Identity = "p42", Digest = "d6cdae511d1fbfb0e774e08b742949f3", Version = 9,
        Count = 4,
    };

    public static GalleryEvent Found { get; } = Changed with { Kind = GalleryEventKind.Founded, Score = 0.81 };
}
