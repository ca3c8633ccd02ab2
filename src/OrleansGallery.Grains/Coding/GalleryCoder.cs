using Microsoft.Extensions.Logging;
using OrleansGallery.Retrieval;
using OrleansGallery.Storage;

namespace OrleansGallery.Grains;

/// <summary>
/// The coding of one gallery's rows on this silo: follows the basis in the store, codes the rows of the local
/// partitions with it, and learns one where this silo owns partition 0. For one thread at a time.
/// </summary>
internal sealed partial class GalleryCoder(
    long gallery, IGalleryStore store, SearchBases bases, StoreWrites writes, StoreHealth health, CoderOptions options,
    TimeProvider time, ILogger logger)
{
    private GalleryRecord? _gallery;
    private KnownBasis _known = KnownBasis.None;
    private RowCoding? _coding;

    // Learned, but the store could not take it.
    private SearchBasis? _unstored;

    /// <summary>Does what there is to do.</summary>
    /// <param name="partitions">The gallery's local partitions.</param>
    /// <param name="giveWay">Called after each piece of work with the time that it took.</param>
    /// <param name="stopping">Ends it.</param>
    public void Run(IReadOnlyList<LocalPartition> partitions, Action<TimeSpan> giveWay, CancellationToken stopping)
    {
        _gallery ??= Await(store.FindGalleryAsync(gallery, stopping), stopping);
        if (_gallery is null || _gallery.Dimension < RowCoding.MinDimension)
        {
            return;
        }

        long atHand = partitions.Sum(partition => (long)partition.Rows.Count);
        long rows = atHand * _gallery.Partitions / partitions.Count;
        Follow(Await(bases.FindAsync(gallery, _gallery.Dimension, stopping), stopping));
        if (_coding is null && rows >= options.MinRows && BasisLearning.RankFor(_gallery.Dimension) == 0)
        {
            _coding = new(_gallery.Dimension, null);
        }

        Code(partitions, giveWay, stopping);
        if (partitions.Any(partition => partition.Key.Partition == 0)
            && BasisPolicy.ShouldLearn(
                _gallery.Dimension, rows, atHand, _known.Basis, MeanResidual(partitions), options.MinRows)
            && TryLearn(partitions, stopping))
        {
            Code(partitions, giveWay, stopping);
        }
    }

    private static double MeanResidual(IReadOnlyList<LocalPartition> partitions)
    {
        (double sum, long rows) = (0, 0);
        foreach (LocalPartition partition in partitions)
        {
            (double mean, long more) = partition.Rows.MeasureResidual();
            (sum, rows) = (sum + (mean * more), rows + more);
        }

        return rows == 0 ? 0 : sum / rows;
    }

    // The coder's thread has nothing else to do than to wait.
    private static T Await<T>(Task<T> task, CancellationToken stopping) =>
        task.WaitAsync(stopping).GetAwaiter().GetResult();

    private void Follow(KnownBasis known) => (_known, _coding) = (known, known.Coding ?? _coding);

    private void Code(IReadOnlyList<LocalPartition> partitions, Action<TimeSpan> giveWay, CancellationToken stopping)
    {
        if (_coding is null)
        {
            return;
        }

        foreach (LocalPartition partition in partitions.Where(partition => !partition.IsLost))
        {
            partition.Rows.UseCoding(_coding);
            for (bool more = true; more && !partition.IsLost;)
            {
                stopping.ThrowIfCancellationRequested();
                long started = time.GetTimestamp();
                more = partition.Rows.CodeNext();
                giveWay(more ? time.GetElapsedTime(started) : TimeSpan.Zero);
            }
        }
    }

    private bool TryLearn(IReadOnlyList<LocalPartition> partitions, CancellationToken stopping)
    {
        if (health.Failure is not null)
        {
            return false;
        }

        long started = time.GetTimestamp();
        if ((_unstored?.Version == _known.Version + 1 ? _unstored : Learn(partitions, stopping)) is not { } basis)
        {
            return false;
        }

        _unstored = basis;
        StoredBasis stored = new(basis.Version, BasisFile.Write(basis));
        bool isStored = Await(
            writes.RunAsync(writer => writer.PutSearchBasisAsync(gallery, _known.Version, stored, stopping)), stopping);
        _unstored = null;
        if (!isStored)
        {
            // Another silo was first, or the gallery is gone; the next round sees which.
            return false;
        }

        Follow(bases.Follow(gallery, new(basis.Version, basis, new(basis.Dimension, basis))));
        Log.BasisLearned(
            logger, gallery, basis.Version, basis.Rank, basis.SampleRows, basis.SampleResidual,
            time.GetElapsedTime(started).TotalSeconds);
        return true;
    }

    private SearchBasis? Learn(IReadOnlyList<LocalPartition> partitions, CancellationToken stopping)
    {
        float[] sample = BasisSample.Take(
            [.. partitions.Select(partition => partition.Rows.Whole)], BasisLearning.SampleRows, stopping);
        return BasisLearning.Learn(sample, _gallery!.Dimension, _known.Version + 1, stopping);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information,
            "Gallery {Gallery}: search basis {Version} of rank {Rank}, learned from {Rows} rows in {Seconds:f1} s, "
            + "leaves {Residual:f3} of them")]
        public static partial void BasisLearned(
            ILogger logger, long gallery, long version, int rank, long rows, double residual, double seconds);
    }
}
