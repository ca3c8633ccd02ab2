using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>A file that was observed.</summary>
/// <param name="File">Its path; of several, the first's.</param>
/// <param name="Answer">What became of it.</param>
internal sealed record ObservedFile(string File, ObservationResponse Answer);
