using OrleansGallery.Retrieval;

namespace OrleansGallery.Grains;

/// <summary>A request on its way through the scan queue.</summary>
internal sealed class ScanTicket(SiloScanRequest request, long queued, CancellationToken deadline)
{
    private readonly TaskCompletionSource<SiloScanAnswer> _answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Which partitions.</summary>
    public SiloScanRequest Request => request;

    /// <summary>What to look for. Made here, so that a query that is none fails alone.</summary>
    public ScanQuery Query { get; } = new(request.Query.Components, request.Top)
    {
        ExcludedFacet = request.ExcludedFacet,
        Attributes = AttributeFilters.Of(request.Filter),
        MinimumScore = request.MinimumScore,
    };

    /// <summary>When it got in line, a <see cref="TimeProvider"/>'s time stamp.</summary>
    public long Queued => queued;

    /// <summary>When its caller stops waiting.</summary>
    public CancellationToken Deadline => deadline;

    /// <summary>The answer.</summary>
    public Task<SiloScanAnswer> Answer => _answer.Task;

    /// <summary>Whether one scan can answer both.</summary>
    /// <param name="other">The other.</param>
    /// <returns>True where they want the same partitions, without the same facet.</returns>
    public bool CanShareWith(ScanTicket other) =>
        request.Gallery == other.Request.Gallery
        && Query.Unit.Length == other.Query.Unit.Length
        && request.ExcludedFacet == other.Request.ExcludedFacet
        && (request.Partitions.SequenceEqual(other.Request.Partitions)
            || request.Partitions.ToHashSet().SetEquals(other.Request.Partitions));

    /// <summary>The scan is done.</summary>
    public void Accept(SiloScanAnswer answer) => _answer.TrySetResult(answer);

    /// <summary>The scan failed.</summary>
    public void Refuse(Exception exception) => _answer.TrySetException(exception);
}
