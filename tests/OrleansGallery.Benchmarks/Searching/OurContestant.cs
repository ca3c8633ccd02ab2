using OrleansGallery.Retrieval;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>A method of ours among the peers; its answers are compared with brute force bit for bit.</summary>
internal sealed class OurContestant(IScanMethod method, ScanQuery[] queries, Match[][] truth) : IContestant
{
    private readonly MethodTimes _checked = new(method);

    public string Description => $"OrleansGallery, {method.Description}";

    public double ReadySeconds => method.Preparation.TotalSeconds;

    public double BytesPerRow => method.BytesPerRow;

    public double Recall => (double)_checked.RightAnswers / _checked.Answers;

    public void Search(int first, int count, TimeSeries? times) =>
        _checked.Time(queries.AsSpan(first, count), truth.AsSpan(first, count), times);
}
