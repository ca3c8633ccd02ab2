namespace OrleansGallery.Cli;

/// <summary>What became of extras that were sent.</summary>
/// <param name="Acknowledged">Enrolled.</param>
/// <param name="Rejected">Answered <c>rejected</c>, or not at all because the stream broke.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record IngestFigures(long Acknowledged, long Rejected, double Seconds)
{
    public double PerSecond => Acknowledged / Seconds;
}
