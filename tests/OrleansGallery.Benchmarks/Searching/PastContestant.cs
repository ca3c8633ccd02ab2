namespace OrleansGallery.Benchmarks.Searching;

/// <summary>What is left of a contestant whose rows are gone: its lines in the report.</summary>
/// <param name="contestant">The contestant, which is not kept.</param>
internal sealed class PastContestant(IContestant contestant) : IContestant
{
    public string Description { get; } = contestant.Description;

    public double ReadySeconds { get; } = contestant.ReadySeconds;

    public double BytesPerRow { get; } = contestant.BytesPerRow;

    public double Recall { get; } = contestant.Recall;

    public void Search(int first, int count, TimeSeries? times) =>
        throw new InvalidOperationException($"The rows of '{Description}' are gone.");
}
