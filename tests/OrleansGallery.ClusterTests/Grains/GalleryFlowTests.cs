using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>Images in and searches out, through the real grains and the real store.</summary>
public sealed class GalleryFlowTests : IDisposable
{
    private const int Dimension = 16;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Enrol_ManyIdentitiesAtOnce_EveryAckIsSearchableAndTheRootHashIsThatOfTheVectors()
    {
        await using GalleryCluster cluster = await StartAsync();
        Gallery gallery = await cluster.CreateAsync("people");
        await Task.WhenAll(Enumerable.Range(0, 40).SelectMany(identity => Enumerable.Range(0, 5).Select(async image =>
        {
            string facet = image % 2 == 0 ? "" : $"c{image}";
            EnrolReceipt receipt = await cluster.Identity(gallery, $"p{identity}")
                .EnrolAsync(Images.Of(identity, image, Dimension, facet));
            Assert.Equal(EnrolOutcome.Searchable, receipt.Outcome);
            SearchAnswer found = await cluster.SearchAsync(
                gallery, SyntheticVectors.Embedding(identity, image, Dimension), top: 1);
            Assert.Equal($"p{identity}", found.Matches[0].IdentityId);
        })));

        string root = HashLayout.Sum(Enumerable.Range(0, 40).Select(identity => HashLayout.OfIdentity(
            $"p{identity}",
            [.. Enumerable.Range(0, 5).Select(image => (
                image % 2 == 0 ? "" : $"c{image}", SyntheticVectors.Embedding(identity, image, Dimension)))])));

        GallerySummary summary = await cluster.Gallery("people").DescribeAsync();
        Assert.Equal((40, 200, 40), (summary.Identities, summary.Images, summary.Rows));
        Assert.Equal(root, summary.RootHash);
        VerificationReport report = await cluster.Gallery("people").VerifyAsync(CancellationToken.None);
        Assert.Empty(report.Differences);
        Assert.Equal(root, report.Hash);
    }

    [Fact]
    public async Task Search_AllPartitions_EqualsOneBruteForceScan()
    {
        await using GalleryCluster cluster = await StartAsync();
        Gallery gallery = await cluster.CreateAsync("people");
        List<(string Id, float[] Unit)> rows = [];
        for (int identity = 0; identity < 60; identity++)
        {
            float[] vector = SyntheticVectors.Embedding(identity, 0, Dimension);
            await cluster.Identity(gallery, $"p{identity}").EnrolAsync(Images.Of(vector));
            IdentityCentroid centroid = new(Dimension);
            centroid.Add("", vector);
            float[] unit = new float[Dimension];
            Assert.True(centroid.TryGetCentroid(unit));
            rows.Add(($"p{identity}", unit));
        }

        for (int query = 0; query < 20; query++)
        {
            float[] vector = SyntheticVectors.Embedding(query, 99, Dimension, spread: 1);
            float[] unit = QueryVector.Normalize(vector);
            (string Id, double Score)[] expected = [.. rows
                .Select(row => (row.Id, Score: CanonicalScore.Score(unit, row.Unit)))
                .OrderByDescending(row => row.Score).ThenBy(row => row.Id, StringComparer.Ordinal).Take(7)];

            SearchAnswer answer = await cluster.SearchAsync(gallery, vector, top: 7);

            Assert.Equal(expected, answer.Matches.Select(match => (match.IdentityId, match.Score)));
            Assert.Equal((8, 8), (answer.Asked, answer.Answered));
        }
    }

    [Fact]
    public async Task Enrol_TheSameImageTwice_IsADuplicateAndOtherContentAConflict()
    {
        await using GalleryCluster cluster = await StartAsync();
        Gallery gallery = await cluster.CreateAsync("people");
        IIdentityGrain identity = cluster.Identity(gallery, "p1");
        ImageToEnrol image = Images.Of(SyntheticVectors.Embedding(1, 1, Dimension), imageId: "photo");
        ImageToEnrol other = Images.Of(SyntheticVectors.Embedding(1, 2, Dimension), imageId: "photo");

        // Calls made at once may arrive in any order; of two that are the same, one is enrolled.
        EnrolReceipt[] receipts = await Task.WhenAll(identity.EnrolAsync(image), identity.EnrolAsync(image));

        Assert.Equal(
            [EnrolOutcome.Searchable, EnrolOutcome.Duplicate], receipts.Select(receipt => receipt.Outcome).Order());
        Assert.All(receipts, receipt => Assert.Equal(1, receipt.Count));
        Assert.Equal(EnrolOutcome.Duplicate, (await identity.EnrolAsync(image)).Outcome);
        Assert.Equal(EnrolOutcome.Conflict, (await identity.EnrolAsync(other)).Outcome);
        Assert.Equal(EnrolOutcome.Duplicate, (await identity.FindAsync("photo", image.ContentHash))!.Outcome);
        Assert.Equal(EnrolOutcome.Conflict, (await identity.FindAsync("photo", other.ContentHash))!.Outcome);
        Assert.Null(await identity.FindAsync("another", image.ContentHash));
        Assert.Equal(1, (await identity.GetAsync(false)).Count);
    }

    [Fact]
    public async Task Enrol_BadEmbeddings_AreRefusedAloneAndChangeNothing()
    {
        await using GalleryCluster cluster = await StartAsync();
        Gallery gallery = await cluster.CreateAsync("people");
        IIdentityGrain identity = cluster.Identity(gallery, "p1");
        float[] nan = new float[Dimension];
        nan[3] = float.NaN;

        Task<EnrolReceipt> good = identity.EnrolAsync(Images.Of(1, 1, Dimension));
        foreach (float[] bad in (float[][])[new float[Dimension], new float[Dimension - 1], nan])
        {
            await Assert.ThrowsAsync<InvalidEmbeddingException>(() => identity.EnrolAsync(Images.Of(bad)));
        }

        EnrolReceipt receipt = await good;
        Assert.Equal(1, receipt.Count);
        Assert.Equal(receipt.Version, (await identity.GetAsync(false)).Version);
    }

    [Fact]
    public async Task Remove_AnImage_GivesBackTheSameBitsAndItsIdMayBeEnrolledAgain()
    {
        await using GalleryCluster cluster = await StartAsync();
        Gallery gallery = await cluster.CreateAsync("people");
        IIdentityGrain identity = cluster.Identity(gallery, "p1");
        await identity.EnrolAsync(Images.Of(1, 1, Dimension));
        IdentitySnapshot before = await identity.GetAsync(false);
        ImageToEnrol second = Images.Of(1, 2, Dimension);
        await identity.EnrolAsync(second);
        string hashOfBoth = (await identity.GetAsync(false)).Hash;

        RemovalReceipt receipt = await identity.RemoveImageAsync(second.ImageId);

        Assert.Equal((1, hashOfBoth), (receipt.ImagesRemoved, receipt.IdentityHash));
        Assert.Equal(before.Hash, (await identity.GetAsync(false)).Hash);
        Assert.Equal(before.Hash, receipt.Commit.HashAfter);
        await Assert.ThrowsAsync<ImageNotFoundException>(() => identity.RemoveImageAsync(second.ImageId));
        Assert.Equal(EnrolOutcome.Searchable, (await identity.EnrolAsync(second)).Outcome);
        Assert.Equal(hashOfBoth, (await identity.GetAsync(false)).Hash);
    }

    [Fact]
    public async Task Delete_AnIdentity_LeavesNothingAndItsVersionNeverRestarts()
    {
        await using GalleryCluster cluster = await StartAsync();
        Gallery gallery = await cluster.CreateAsync("people", partitions: 1);
        IIdentityGrain identity = cluster.Identity(gallery, "p1");
        EnrolReceipt last = await identity.EnrolAsync(Images.Of(1, 1, Dimension));

        RemovalReceipt receipt = await identity.DeleteAsync();

        Assert.Equal(1, receipt.ImagesRemoved);
        Assert.Equal(new string('0', 64), receipt.Commit.HashAfter);
        await Assert.ThrowsAsync<IdentityNotFoundException>(() => identity.GetAsync(false));
        await Assert.ThrowsAsync<IdentityNotFoundException>(identity.DeleteAsync);
        Assert.Empty((await cluster.SearchAsync(gallery, SyntheticVectors.Embedding(1, 1, Dimension))).Matches);
        EnrolReceipt again = await identity.EnrolAsync(Images.Of(1, 1, Dimension));
        Assert.True(again.Version > last.Version);
    }

    [Fact]
    public async Task Enrol_AVectorAndItsOpposite_IsStoredButNotSearchable()
    {
        await using GalleryCluster cluster = await StartAsync();
        Gallery gallery = await cluster.CreateAsync("people");
        IIdentityGrain identity = cluster.Identity(gallery, "p1");
        float[] vector = SyntheticVectors.Embedding(1, 1, Dimension);
        await identity.EnrolAsync(Images.Of(vector));

        EnrolReceipt receipt = await identity.EnrolAsync(Images.Of([.. vector.Select(x => -x)]));

        Assert.Equal((EnrolOutcome.Stored, 2), (receipt.Outcome, receipt.Count));
        Assert.Empty((await cluster.SearchAsync(gallery, vector)).Matches);
        Assert.Null((await identity.GetAsync(true)).Centroid);
    }

    [Fact]
    public async Task Restart_OfTheSilo_BringsBackTheSameRootHashAndAnswers()
    {
        Gallery gallery;
        string rootHash;
        await using (GalleryCluster cluster = await StartAsync())
        {
            gallery = await cluster.CreateAsync("people");
            for (int i = 0; i < 30; i++)
            {
                await cluster.Identity(gallery, $"p{i % 10}").EnrolAsync(Images.Of(i % 10, i, Dimension, $"c{i % 3}"));
            }

            rootHash = (await cluster.Gallery("people").DescribeAsync()).RootHash;
        }

        await using GalleryCluster again = await StartAsync();
        SearchAnswer answer = await again.SearchAsync(gallery, SyntheticVectors.Embedding(4, 99, Dimension), top: 1);
        Assert.Equal("p4", answer.Matches[0].IdentityId);
        Assert.Equal(rootHash, (await again.Gallery("people").DescribeAsync()).RootHash);
        Assert.Equal(EnrolOutcome.Duplicate,
            (await again.Identity(gallery, "p4").EnrolAsync(Images.Of(4, 4, Dimension, "c1"))).Outcome);
    }

    [Fact]
    public async Task Enrol_NormalizeFirst_StoresTheNormalisedVector()
    {
        await using GalleryCluster cluster = await StartAsync();
        Gallery gallery = await cluster.CreateAsync("people", normalizeFirst: true);
        float[] vector = SyntheticVectors.Embedding(1, 1, Dimension);
        ImageToEnrol image = Images.Of(vector);
        await cluster.Identity(gallery, "p1").EnrolAsync(image);

        EnrolledImage stored = await cluster.Identity(gallery, "p1").GetImageAsync(image.ImageId);

        Assert.Equal(QueryVector.Normalize(vector), stored.Embedding!.Value.Components.ToArray());
        Assert.Equal(image.ContentHash, stored.ContentHash);
    }

    [Fact]
    public async Task Search_BadQueries_AreTheCallersError()
    {
        await using GalleryCluster cluster = await StartAsync();
        Gallery gallery = await cluster.CreateAsync("people");
        foreach (float[] bad in (
            float[][])[new float[Dimension], new float[3], [.. Enumerable.Repeat(float.NaN, Dimension)]])
        {
            await Assert.ThrowsAsync<InvalidEmbeddingException>(() => cluster.SearchAsync(gallery, bad));
        }

        Assert.Empty((await cluster.SearchAsync(gallery, SyntheticVectors.Embedding(1, 1, Dimension))).Matches);
    }

    public void Dispose() => _folder.Dispose();

    private Task<GalleryCluster> StartAsync() => GalleryCluster.StartAsync(_folder.File("gallery.db"));
}
