using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>What became of images that were observed.</summary>
internal sealed record ObserveSummary
{
    private readonly List<ObservedFile> _observed = [];
    private readonly List<IngestFailure> _failures = [];

    public required string Gallery { get; init; }

    public int Joined => Count(ObservationStatus.Joined);

    public int Founded => Count(ObservationStatus.Founded);

    public int Parked => Count(ObservationStatus.Parked);

    /// <summary>Of these, how many had been decided before.</summary>
    public int Duplicates => _observed.Count(file => file.Answer.Duplicate);

    public IReadOnlyList<ObservedFile> Observed => _observed;

    public IReadOnlyList<IngestFailure> Failures => _failures;

    public void Add(string file, ObservationResponse answer) => _observed.Add(new ObservedFile(file, answer));

    public void Fail(string file, Exception exception) => _failures.Add(new IngestFailure
    {
        File = file,
        Code = exception is GalleryApiException refused ? refused.Code : "unreadable",
        Message = exception.Message,
    });

    private int Count(ObservationStatus status) => _observed.Count(file => file.Answer.Status == status);
}
