namespace OrleansGallery.Grains;

/// <summary>How far a search for pairs is; counted by several threads.</summary>
internal sealed class SuggestionProgress
{
    private long _searched;
    private long _total;

    /// <summary>Identities that were searched for.</summary>
    public long Searched => Interlocked.Read(ref _searched);

    /// <summary>Those that are to be, as far as they are counted.</summary>
    public long Total => Math.Max(Interlocked.Read(ref _total), Searched);

    /// <summary>One more was searched for.</summary>
    public void OnSearched() => Interlocked.Increment(ref _searched);

    /// <summary>So many are to be.</summary>
    public void Expect(long total) => Interlocked.Exchange(ref _total, total);
}
