namespace OrleansGallery.Cli;

/// <summary>How to load a service with searches.</summary>
/// <param name="Concurrency">Requests under way at once.</param>
/// <param name="Duration">For how long.</param>
/// <param name="UpdatesPerQuery">Images enrolled per search.</param>
/// <param name="Top">Matches asked for.</param>
/// <param name="Seed">Chooses queries and updates.</param>
internal sealed record SearchLoadOptions(
    int Concurrency, TimeSpan Duration, double UpdatesPerQuery, int Top, int Seed);
