using OrleansGallery.Abstractions;
using OrleansGallery.Server;

namespace OrleansGallery.SystemTests.Http;

public sealed class FeedCursorTests
{
    private static readonly Gallery Four = new()
    {
        Number = 300, Name = "people", Dimension = 4, Partitions = 4, Settings = new(),
    };

    [Fact]
    public void Parse_WhatWasWritten_IsTheSame()
    {
        FeedCursor cursor = FeedCursor.Now(Four);
        long[] positions = [ChangesRequest.Now, 126, 127, long.MaxValue - 1];
        for (int i = 0; i < positions.Length; i++)
        {
            cursor[i] = positions[i];
        }

        FeedCursor read = FeedCursor.Parse(Four, cursor.ToString(), [1, 2, 3]);

        Assert.Equal(positions, Enumerable.Range(0, 4).Select(i => read[i]));
        Assert.True(FeedCursor.Start(Four).ToString().Length < 12);
    }

    [Fact]
    public void Parse_APositionThatIsNeededIsNotThere_IsRefused()
    {
        FeedCursor cursor = FeedCursor.Now(Four);
        cursor[2] = 7;

        Assert.Equal(7, FeedCursor.Parse(Four, cursor.ToString(), [2])[2]);
        Assert.Throws<InvalidRequestException>(() => FeedCursor.Parse(Four, cursor.ToString(), [2, 3]));
    }

    [Fact]
    public void Parse_CutOrLongerOrOfAnother_IsRefused()
    {
        string text = FeedCursor.Start(Four).ToString();
        Assert.All(
            Enumerable.Range(0, text.Length),
            length => Assert.Throws<InvalidRequestException>(() => FeedCursor.Parse(Four, text[..length], [])));
        Assert.Throws<InvalidRequestException>(() => FeedCursor.Parse(Four, text + "AAAA", []));
        Assert.Throws<InvalidRequestException>(() => FeedCursor.Parse(Four with { Number = 301 }, text, []));
        Assert.Throws<InvalidRequestException>(() => FeedCursor.Parse(Four with { Partitions = 8 }, text, []));
    }
}
