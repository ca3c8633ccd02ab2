using OrleansGallery.Abstractions;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// A gallery's identities in the order of their ids: partitions are lists in that order, and are merged. A page reads a
/// few rows of each partition, and more only of those whose ids come first.
/// </summary>
internal sealed class IdentityList(IGalleryStore store, Gallery gallery)
{
    // Ids are spread evenly over partitions, so that few need a second read.
    private const int Spare = 4;

    /// <summary>Reads a page.</summary>
    /// <param name="after">The page starts behind this id; null: at the first.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The page; <see cref="IdentityPage.Next"/> is its last id where there are more.</returns>
    public async Task<IdentityPage> ReadAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        int batch = Math.Min(limit + 1, (limit / gallery.Partitions) + Spare);
        PriorityQueue<Cursor, string> heads = new(gallery.Partitions, IdOrder.Instance);
        for (int partition = 0; partition < gallery.Partitions; partition++)
        {
            Cursor cursor = new(new PartitionKey(gallery.Number, partition), after);
            await AddAsync(heads, cursor, batch, cancellationToken);
        }

        List<IdentityEntry> page = new(limit);
        while (page.Count < limit && heads.TryDequeue(out Cursor? first, out string? id))
        {
            page.Add(new IdentityEntry
            {
                IdentityId = id, Version = first.Head.Version, Count = first.Head.Count,
            });
            first.Pass();
            await AddAsync(heads, first, batch, cancellationToken);
        }

        return new IdentityPage { Identities = page, Next = heads.Count > 0 ? page[^1].IdentityId : null };
    }

    private async ValueTask AddAsync(
        PriorityQueue<Cursor, string> heads, Cursor cursor, int batch, CancellationToken cancellationToken)
    {
        if (cursor.IsRead && !cursor.IsAtEnd)
        {
            cursor.Fill(
                await store.ListIdentitiesAsync(cursor.Key, cursor.After, batch, cancellationToken), batch);
        }

        if (!cursor.IsRead)
        {
            heads.Enqueue(cursor, cursor.Head.IdentityId);
        }
    }

    /// <summary>Where one partition's list stands.</summary>
    private sealed class Cursor(PartitionKey key, string? after)
    {
        private IReadOnlyList<IdentityListing> _read = [];
        private int _at;

        public PartitionKey Key => key;

        public string? After => _read.Count == 0 ? after : _read[^1].IdentityId;

        /// <summary>Whether what was read is used up.</summary>
        public bool IsRead => _at == _read.Count;

        /// <summary>Whether the partition has no more.</summary>
        public bool IsAtEnd { get; private set; }

        public IdentityListing Head => _read[_at];

        public void Pass() => _at++;

        public void Fill(IReadOnlyList<IdentityListing> next, int wanted)
        {
            if (next.Count > 0)
            {
                (_read, _at) = (next, 0);
            }

            IsAtEnd = next.Count < wanted;
        }
    }
}
