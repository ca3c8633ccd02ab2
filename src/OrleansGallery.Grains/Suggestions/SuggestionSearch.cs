using OrleansGallery.Abstractions;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// Finds the pairs of a gallery's identities whose centroids are nearest, exactly: each identity is searched for in all
/// of the gallery, in bulk priority. After that only those that changed since: of a pair of others nothing changed.
/// </summary>
internal sealed class SuggestionSearch(IGalleryStore store, PatientSearch searches, TimeProvider time)
{
    // Most identities have few others near them; those that have more are asked for again.
    private const int FirstTop = 9;
    private const int TopGrowth = 8;

    // Two batches: one is scanned while the other comes in.
    private const int SearchedTogether = 2 * ScanQueue.MaxBulkBatch;

    // What is kept in memory of the store's rows at a time.
    private const long SliceBytes = 64L << 20;
    private const int RowOverhead = 256;

    private static readonly Turnstile Turns = new("searches for merge suggestions");

    /// <summary>Searches, when it is this gallery's turn.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="minScore">The lowest score; null: any.</param>
    /// <param name="most">How many pairs are kept.</param>
    /// <param name="known">What an earlier search found, with the same bounds; null: nothing is known.</param>
    /// <param name="dismissed">The pairs that are left out.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What it found.</returns>
    /// <exception cref="GalleryNotFoundException">The gallery was deleted.</exception>
    /// <exception cref="IncompleteSearchException">A search did not reach all partitions.</exception>
    /// <exception cref="UnconfirmedSearchException">The store did not confirm a search's rows.</exception>
    /// <exception cref="OverloadedException">Others wait for their turn.</exception>
    public Task<StoredSuggestions> RunAsync(
        Gallery gallery, double? minScore, int most, StoredSuggestions? known, IReadOnlySet<IdentityPair> dismissed,
        SuggestionProgress progress, CancellationToken cancellationToken) => Turns.RunAsync(
        async () =>
        {
            DateTimeOffset now = time.GetUtcNow();
            // What is committed from here on is seen by the next search, too.
            IReadOnlyList<PartitionState> partitions =
                await store.ReadPartitionsAsync(gallery.Number, cancellationToken);
            StoredSuggestions empty = new()
            {
                MinScore = minScore, Most = most, RefreshedAt = now, Pairs = [],
                Cursors = [.. partitions.Select(_ => 0L)],
            };
            (StoredSuggestions begun, long changed) =
                await KeepUnchangedAsync(known, partitions, cancellationToken) ?? (empty, TotalRows(partitions));
            progress.Expect(changed);
            BestPairs best = begun.ToBest();
            for (int i = 0; i < partitions.Count; i++)
            {
                await SearchPartitionAsync(
                    gallery, partitions[i], begun.Cursors[i], minScore, best, dismissed, progress, cancellationToken);
            }

            return (empty with { Cursors = [.. partitions.Select(state => state.Position.Sequence)] }).With(best);
        },
        cancellationToken);

    /// <summary>The identities of its pairs that were removed since it was begun.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="found">What a search found.</param>
    /// <returns>Their ids, as far back as removals are known.</returns>
    public async Task<IReadOnlySet<string>> FindRemovedAsync(Gallery gallery, StoredSuggestions found)
    {
        Dictionary<UInt128, string> digests = found.Pairs.Append(found.Bound).OfType<StoredPair>()
            .SelectMany(pair => new[] { pair.One, pair.Other }).Distinct().ToDictionary(StoredRemoval.DigestOf);
        HashSet<string> removed = new(StringComparer.Ordinal);
        for (int i = 0; i < found.Cursors.Count; i++)
        {
            removed.UnionWith((await store.ReadRemovalsAsync(
                new PartitionKey(gallery.Number, i), found.Cursors[i], CancellationToken.None) ?? [])
                .Select(removal => digests.GetValueOrDefault(removal.Digest)).OfType<string>());
        }

        return removed;
    }

    private static long TotalRows(IEnumerable<PartitionState> partitions) =>
        partitions.Sum(partition => partition.Totals.Rows);

    // Null: all has to be searched for.
    private async Task<(StoredSuggestions Kept, long Changed)?> KeepUnchangedAsync(
        StoredSuggestions? known, IReadOnlyList<PartitionState> partitions, CancellationToken cancellationToken)
    {
        // A store that was set back has other commits under the same numbers.
        if (known is null || known.Cursors.Count != partitions.Count
            || partitions.Any(partition => partition.Position.Sequence < known.Cursors[partition.Key.Partition]))
        {
            return null;
        }

        HashSet<string> paired = new(
            known.Pairs.SelectMany(pair => new[] { pair.One, pair.Other }), StringComparer.Ordinal);
        Dictionary<UInt128, string> digests = paired.ToDictionary(StoredRemoval.DigestOf);
        HashSet<string> gone = new(StringComparer.Ordinal);
        long changed = 0;
        foreach (PartitionState partition in partitions)
        {
            long cursor = known.Cursors[partition.Key.Partition];
            if (partition.Position.Sequence == cursor)
            {
                continue;
            }

            if (await store.ReadRemovalsAsync(partition.Key, cursor, cancellationToken) is not { } removals)
            {
                return null;
            }

            gone.UnionWith(removals.Select(removal => digests.GetValueOrDefault(removal.Digest)).OfType<string>());
            await store.ReadRowsAsync(
                partition.Key, cursor,
                row =>
                {
                    changed += row.Centroid is null ? 0 : 1;
                    if (paired.Contains(row.IdentityId))
                    {
                        gone.Add(row.IdentityId);
                    }
                },
                cancellationToken);
        }

        BestPairs best = known.ToBest();
        best.RemoveAll(gone.Contains);
        // Of those that were left out some may be among the best now.
        return known.Bound is not null && best.Count < (known.Most + 1) / 2 ? null : (known.With(best), changed);
    }

    private async Task SearchPartitionAsync(
        Gallery gallery, PartitionState partition, long cursor, double? minScore, BestPairs best,
        IReadOnlySet<IdentityPair> dismissed, SuggestionProgress progress, CancellationToken cancellationToken)
    {
        if (partition.Position.Sequence == cursor)
        {
            return;
        }

        long rowBytes = ((long)gallery.Dimension * sizeof(float)) + RowOverhead;
        int slices = (int)((partition.Totals.Rows * rowBytes / SliceBytes) + 1);
        for (int slice = 0; slice < slices; slice++)
        {
            List<(string Id, VectorBytes Centroid)> rows = [];
            await store.ReadRowsAsync(
                partition.Key, cursor,
                row =>
                {
                    if (row.Centroid is { } centroid
                        && !row.Attributes.AreAmbiguous()
                        && IdentitySlot.Of(row.IdentityId) / gallery.Partitions % slices == slice)
                    {
                        rows.Add((row.IdentityId, new VectorBytes(centroid)));
                    }
                },
                cancellationToken);
            await Parallel.ForEachAsync(
                rows,
                new ParallelOptions
                {
                    MaxDegreeOfParallelism = SearchedTogether, CancellationToken = cancellationToken,
                },
                async (row, token) =>
                {
                    await SearchAsync(gallery, row.Id, row.Centroid, minScore, best, dismissed, token);
                    progress.OnSearched();
                });
        }
    }

    private async Task SearchAsync(
        Gallery gallery, string id, VectorBytes centroid, double? minScore, BestPairs best,
        IReadOnlySet<IdentityPair> dismissed, CancellationToken cancellationToken)
    {
        bool isOver = false;
        for (int top = FirstTop; !isOver; top = Math.Min(top * TopGrowth, ScanQuery.MaxTop))
        {
            double? floor;
            lock (best)
            {
                floor = best.Bound?.Score ?? minScore;
            }

            SearchAnswer answer = await searches.RunAsync(
                PatientSearch.CommandFor(gallery, centroid, top) with
                {
                    MinimumScore = floor, IsCentroid = true, IsBulk = true,
                },
                cancellationToken);
            lock (best)
            {
                foreach (Match match in answer.Matches.Where(match => match.IdentityId != id))
                {
                    IdentityPair pair = new(id, match.IdentityId);
                    if (!dismissed.Contains(pair))
                    {
                        best.Add(new PairScore(pair, match.Score));
                    }
                }

                isOver = answer.Matches.Count < top || top == ScanQuery.MaxTop
                    || answer.Matches[^1].Score < best.Bound?.Score;
            }
        }
    }
}
