using OrleansGallery.Cli;

namespace OrleansGallery.SystemTests.Bench;

public sealed class OutageTests
{
    [Fact]
    public void LongestGap_FailedSearchesBetween_CountsFromCompleteToComplete() => Assert.Equal(
        Of(4),
        Outage.LongestGap([Mark(1), Mark(2), Mark(3, false), Mark(5, false), Mark(6), Mark(7)], Of(0), Of(8)));

    [Fact]
    public void LongestGap_NothingAtEitherEnd_CountsFromTheStartAndToTheEnd()
    {
        Assert.Equal(Of(5), Outage.LongestGap([Mark(5), Mark(6)], Of(0), Of(7)));
        Assert.Equal(Of(6), Outage.LongestGap([Mark(1), Mark(2)], Of(0), Of(8)));
        Assert.Equal(Of(8), Outage.LongestGap([], Of(0), Of(8)));
        Assert.Equal(Of(8), Outage.LongestGap([Mark(3, false)], Of(0), Of(8)));
    }

    [Fact]
    public void LongestGap_MarksOutsideTheWatch_AreLeftOut() =>
        Assert.Equal(Of(2), Outage.LongestGap([Mark(1), Mark(12), Mark(14), Mark(30)], Of(10), Of(15)));

    [Fact]
    public void CompleteAgain_PartialAnswersBetweenCompleteOnes_IsTheFirstAfterTheLastPartialOne() => Assert.Equal(
        Of(5), Outage.CompleteAgain(
            [Mark(1, false), Mark(11), Mark(12, false), Mark(13), Mark(14, false), Mark(15), Mark(16)], Of(10)));

    [Fact]
    public void CompleteAgain_LastSearchNotComplete_IsNever()
    {
        Assert.Null(Outage.CompleteAgain([Mark(1), Mark(11), Mark(12, false)], Of(10)));
        Assert.Null(Outage.CompleteAgain([Mark(1)], Of(10)));
    }

    private static SearchMark Mark(double seconds, bool complete = true) => new(Of(seconds), complete);

    private static TimeSpan Of(double seconds) => TimeSpan.FromSeconds(seconds);
}
