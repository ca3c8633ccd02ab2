using OrleansGallery.Training;

namespace OrleansGallery.TorchTests.Episodes;

/// <summary>Episodes as they are drawn.</summary>
public sealed class EpisodeSamplerTests
{
    private static readonly EpisodeOptions Options = new() { Ways = 4, Shots = 2, QueriesPerIdentity = 3, Seed = 7 };

    [Fact]
    public void Draw_SameSeedAndNumber_SameEpisode()
    {
        Episode first = Sampler(Options).Draw(5);
        Assert.Equivalent(first, Sampler(Options).Draw(5), strict: true);
        Assert.NotEqual(Flat(first), Flat(Sampler(Options).Draw(6)));
        Assert.NotEqual(Flat(first), Flat(Sampler(Options with { Seed = 8 }).Draw(5)));
    }

    [Fact]
    public void Draw_AnyEpisode_HasDifferentIdentitiesAndNoRowTwice()
    {
        EpisodeSampler sampler = Sampler(Options);
        for (int number = 0; number < 200; number++)
        {
            Episode episode = sampler.Draw(number);
            Assert.Equal(4, episode.Identities.Distinct().Count());
            Assert.All(episode.Support, rows => Assert.Equal(2, rows.Length));
            Assert.All(episode.Queries, rows => Assert.Equal(3, rows.Length));
            Assert.Equal(4 * 5, Flat(episode).Distinct().Count());
            for (int i = 0; i < 4; i++)
            {
                // Row r is of identity r / 6.
                Assert.All(
                    episode.Support[i].Concat(episode.Queries[i]),
                    row => Assert.Equal(episode.Identities[i], row / 6));
            }
        }
    }

    [Fact]
    public void Draw_ManyEpisodes_UseEveryImageInBothRoles()
    {
        EpisodeSampler sampler = Sampler(Options);
        Episode[] episodes = [.. Enumerable.Range(0, 200).Select(sampler.Draw)];
        Assert.Equal(60, episodes.SelectMany(e => e.Support).SelectMany(rows => rows).Distinct().Count());
        Assert.Equal(60, episodes.SelectMany(e => e.Queries).SelectMany(rows => rows).Distinct().Count());
    }

    [Fact]
    public void New_TooFewIdentitiesOrImages_IsRefusedWithTheNumbers()
    {
        string message = Assert.Throws<InvalidDataException>(() => Sampler(Options with { Ways = 11 })).Message;
        Assert.Equal("An episode takes 11 identities, and there are 10.", message);
        message = Assert.Throws<InvalidDataException>(() => Sampler(Options with { Shots = 4 })).Message;
        Assert.Equal("An episode takes 4 + 3 images of an identity, and one has 6.", message);
    }

    [Fact]
    public void New_NoWaysShotsOrQueries_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Sampler(Options with { Ways = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sampler(Options with { Shots = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sampler(Options with { QueriesPerIdentity = 0 }));
    }

    // Ten identities of six rows.
    private static EpisodeSampler Sampler(EpisodeOptions options) =>
        new([.. Enumerable.Range(0, 10).Select(i => Enumerable.Range(i * 6, 6).ToArray())], options);

    private static IEnumerable<int> Flat(Episode episode) => episode.Support.Concat(episode.Queries).SelectMany(r => r);
}
