using Microsoft.Extensions.Time.Testing;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;

namespace OrleansGallery.ClusterTests;

/// <summary>What a caller believes to be before an image at a silo.</summary>
public sealed class EmbeddingRouteTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1100);

    private readonly FakeTimeProvider _time = new();
    private readonly EmbeddingRoute _route;

    public EmbeddingRouteTests() => _route = new EmbeddingRoute(
        new EmbeddingSilo { Address = FixedMembership.Address(1), Name = "e1", IsActive = true }, _time);

    [Fact]
    public void Before_SearchesAndBulk_AreDecidedByTheirOwnLaneFirst()
    {
        Hear(interactive: 3, bulk: 100);

        Assert.Equal((3, 103), _route.Before(EmbeddingPriority.Interactive));
        Assert.Equal((103, 3), _route.Before(EmbeddingPriority.Bulk));
    }

    [Fact]
    public void Before_OwnImagesOnTheirWay_CountUntilTheReportHasThem()
    {
        Hear(interactive: 0, bulk: 2);
        for (int i = 0; i < 5; i++)
        {
            _route.AddSent(EmbeddingPriority.Bulk, 1);
        }

        Assert.Equal(5, _route.Before(EmbeddingPriority.Bulk).First);
        Hear(interactive: 0, bulk: 9);
        Assert.Equal(9, _route.Before(EmbeddingPriority.Bulk).First);
    }

    [Fact]
    public void Before_AnOldReport_CountsNoMore()
    {
        Hear(interactive: 5, bulk: 5);
        _route.AddSent(EmbeddingPriority.Bulk, 1);

        _time.Advance(Moment);

        Assert.Equal((1, 0), _route.Before(EmbeddingPriority.Bulk));
    }

    [Fact]
    public void Avoid_AndLacks_PassAfterAMoment()
    {
        Assert.False(_route.IsAvoided || _route.Lacks("m"));
        _route.Avoid();
        _route.MarkLacking("m");
        Assert.True(_route.IsAvoided && _route.Lacks("m") && !_route.Lacks("other"));

        _time.Advance(Moment);

        Assert.False(_route.IsAvoided || _route.Lacks("m"));
    }

    private void Hear(int interactive, int bulk) => _route.Hear(new EmbeddingAnswer
    {
        Embedding = VectorBytes.From([1f]), Interactive = interactive, Bulk = bulk,
    });
}
