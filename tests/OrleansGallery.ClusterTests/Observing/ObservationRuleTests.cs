using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Grains;
using OrleansGallery.Retrieval;

namespace OrleansGallery.ClusterTests;

/// <summary>By what observations are decided.</summary>
public sealed class ObservationRuleTests
{
    private static readonly Gallery Plain = new() { Name = "g", Dimension = 4, Partitions = 1 };

    [Theory]
    [InlineData(ObservationDecision.Founded)]
    [InlineData(ObservationDecision.Founded, 0.49)]
    [InlineData(ObservationDecision.Parked, 0.5)]
    [InlineData(ObservationDecision.Parked, 0.69)]
    [InlineData(ObservationDecision.Joined, 0.75)]
    [InlineData(ObservationDecision.Joined, 0.75, 0.5)]
    [InlineData(ObservationDecision.Joined, 0.75, 0.625)]
    [InlineData(ObservationDecision.Parked, 0.75, 0.626)]
    [InlineData(ObservationDecision.Parked, 1.0, 1.0)]
    public void Decide_ByScores_IsTheRule(ObservationDecision expected, params double[] scores) => Assert.Equal(
        expected,
        ObservationRule.Of(Plain, 0.75, 0.5, 0.125)
            .Decide([.. scores.Select((score, i) => new Match($"p{i}", score, 1))]));

    [Fact]
    public void Of_WhatIsLeftOut_IsTheGallerys()
    {
        Gallery gallery = Plain with
        {
            Settings = new GallerySettings
            {
                Threshold = 0.6, Margin = 0.02, Observe = new ObserveSettings { FoundThreshold = 0.3 },
            },
        };
        Assert.Equal((0.6, 0.3, 0.02), Numbers(ObservationRule.Of(gallery, null, null, null)));
        Assert.Equal((0.8, 0.4, 0.1), Numbers(ObservationRule.Of(gallery, 0.8, 0.4, 0.1)));
        Gallery calibrated = gallery with { Calibration = Calibration(0.7) };
        Assert.Equal((0.7, 0.3, 0.02), Numbers(ObservationRule.Of(calibrated, null, null, null)));
        Gallery plain = Plain with { Settings = new GallerySettings { Threshold = 0.6 } };
        Assert.Equal((0.6, 0.6, 0), Numbers(ObservationRule.Of(plain, null, null, null)));
    }

    [Theory]
    [InlineData(null, null, null, "no threshold")]
    [InlineData(0.4, 0.5, null, "foundThreshold is 0.5")]
    [InlineData(double.NaN, null, null, "joinThreshold is NaN")]
    [InlineData(0.5, double.NaN, null, "foundThreshold is NaN")]
    [InlineData(0.5, null, double.NaN, "margin is NaN")]
    [InlineData(1.01, null, null, "joinThreshold is 1.01")]
    public void Of_NumbersOutOfOrder_AreRefused(double? join, double? found, double? margin, string said) =>
        Assert.Contains(said, Assert.Throws<InvalidRequestException>(
            () => ObservationRule.Of(Plain, join, found, margin)).Message, StringComparison.Ordinal);

    private static (double, double, double) Numbers(ObservationRule rule) =>
        (rule.JoinThreshold, rule.FoundThreshold, rule.Margin);

    private static CalibrationResponse Calibration(double threshold) => new()
    {
        Fpir = 0.01,
        Threshold = threshold,
        MeasuredFpir = 0.01,
        FpirLow = 0,
        FpirHigh = 0.02,
        SmallestFpir = 0,
        Fnir = 0,
        Images = 1,
        GenuineImages = 1,
        Identities = 1,
        GalleryIdentities = 1,
        GalleryImages = 1,
        Seed = 1,
        Model = null,
        RootHash = "",
        MeasuredAt = default,
        Curve = [],
    };
}
