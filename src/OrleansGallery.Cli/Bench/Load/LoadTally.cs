using System.Collections.Concurrent;
using OrleansGallery.Client;

namespace OrleansGallery.Cli;

/// <summary>Counts of one interval and errors of all; for many threads.</summary>
internal sealed class LoadTally
{
    private readonly ConcurrentDictionary<string, long> _errors = new(StringComparer.Ordinal);
    private ConcurrentBag<double> _searchMs = [];
    private long _vectors;
    private long _images;
    private long _deleted;
    private long _imageSearches;
    private long _refused;

    /// <summary>Errors by kind of request and code.</summary>
    public IReadOnlyDictionary<string, long> Errors => _errors.OrderBy(error => error.Key, StringComparer.Ordinal)
        .ToDictionary(error => error.Key, error => error.Value, StringComparer.Ordinal);

    public long Refused => Interlocked.Read(ref _refused);

    public void OnVector() => Interlocked.Increment(ref _vectors);

    public void OnImage() => Interlocked.Increment(ref _images);

    public void OnDeleted() => Interlocked.Increment(ref _deleted);

    public void OnImageSearch() => Interlocked.Increment(ref _imageSearches);

    public void OnSearch(TimeSpan duration) => _searchMs.Add(duration.TotalMilliseconds);

    public void OnRefused() => Interlocked.Increment(ref _refused);

    public void OnError(string kind, string code) => _errors.AddOrUpdate($"{kind}: {code}", 1, (_, count) => count + 1);

    /// <summary>Sends a request whose refusal is an error.</summary>
    public async Task TryAsync(string kind, Func<Task> request)
    {
        try
        {
            await request();
        }
        catch (GalleryApiException exception)
        {
            OnError(kind, exception.Code);
        }
    }

    /// <summary>Ends an interval and begins the next.</summary>
    public LoadInterval Take(TimeSpan until, long workingSet, double cores)
    {
        double[] searches = [.. Interlocked.Exchange(ref _searchMs, []).Order()];
        return new LoadInterval
        {
            Seconds = until.TotalSeconds,
            WorkingSet = workingSet,
            Cores = cores,
            Vectors = Interlocked.Exchange(ref _vectors, 0),
            Images = Interlocked.Exchange(ref _images, 0),
            Deleted = Interlocked.Exchange(ref _deleted, 0),
            Searches = searches.Length + Interlocked.Exchange(ref _imageSearches, 0),
            SearchP50Ms = searches.Length == 0 ? double.NaN : Figures.Percentile(searches, 0.5),
            SearchP99Ms = searches.Length == 0 ? double.NaN : Figures.Percentile(searches, 0.99),
        };
    }
}
