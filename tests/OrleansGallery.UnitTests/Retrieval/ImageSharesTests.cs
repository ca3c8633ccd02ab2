using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval;

public sealed class ImageSharesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(40)]
    public void Of_EveryImage_IsWhatTheIdentityWithoutItSays(int images)
    {
        const int Dimension = 33;
        Random random = new(images);
        float[][] vectors = [.. Enumerable.Range(0, images).Select(_ =>
            Enumerable.Range(0, Dimension).Select(_ => random.NextSingle() - 0.3f).ToArray())];
        IdentityCentroid identity = new(Dimension);
        foreach ((int i, float[] vector) in vectors.Index())
        {
            identity.Add($"c{i % 3}", vector);
        }

        float[] own = new float[Dimension];
        Assert.True(identity.TryGetCentroid(own));
        foreach (float[]? compared in (float[]?[])[null, TestVectors.Unit(random, Dimension)])
        {
            ImageShares shares = new(identity, compared);
            double sum = 0;
            foreach ((int i, float[] vector) in vectors.Index())
            {
                ImageShare share = shares.Of(vector);
                float[] image = QueryVector.Normalize(vector);
                IdentityCentroid without = identity.Clone();
                without.Remove($"c{i % 3}", vector);
                float[] others = new float[Dimension];
                Assert.Equal(
                    without.TryGetCentroid(others) ? CanonicalScore.Score(image, others) : null, share.ScoreWithout);
                Assert.Equal(CanonicalScore.Score(image, own), share.Score);
                sum += share.Contribution!.Value;
            }

            Assert.Equal(CanonicalScore.Score(compared ?? own, own), shares.Score);
            Assert.Equal(shares.Score!.Value, sum, 1e-6);
        }
    }

    [Fact]
    public void Of_ImagesThatCancelOut_HasNoScoreButTheOthersHave()
    {
        IdentityCentroid identity = new(4);
        identity.Add("", [1, 0, 0, 0]);
        identity.Add("", [-1, 0, 0, 0]);
        ImageShares shares = new(identity, null);
        Assert.Equal((false, null), (shares.HasDirection, shares.Score));
        Assert.Equal(new ImageShare(null, -1, null, null), shares.Of([1, 0, 0, 0]));
    }
}
