using static TorchSharp.torch;

namespace OrleansGallery.Training;

/// <summary>
/// What the rows of a batch are: identity after identity, the same number of rows for each, and which of them hold an
/// image. A row without one (an identity had too few) is all zero and called a mock.
/// </summary>
internal sealed class BatchRows
{
    /// <summary>Describes a batch.</summary>
    /// <param name="identities">The identity's number, one per row.</param>
    /// <param name="isReal">Whether the row holds an image.</param>
    /// <param name="imagesPerIdentity">Rows per identity, K; it divides the number of rows.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or a group has rows of several
    /// identities.</exception>
    public BatchRows(IReadOnlyList<long> identities, IReadOnlyList<bool> isReal, int imagesPerIdentity)
    {
        ArgumentNullException.ThrowIfNull(identities);
        ArgumentNullException.ThrowIfNull(isReal);
        ArgumentOutOfRangeException.ThrowIfLessThan(imagesPerIdentity, 1);
        if (identities.Count != isReal.Count || identities.Count % imagesPerIdentity != 0)
        {
            throw new ArgumentException(
                $"{identities.Count} identities and {isReal.Count} flags are no groups of {imagesPerIdentity} rows.");
        }

        (Identities, IsReal, ImagesPerIdentity) = ([.. identities], [.. isReal], imagesPerIdentity);
        for (int row = 0; row < Identities.Count; row++)
        {
            if (Identities[row] != Identities[row / imagesPerIdentity * imagesPerIdentity])
            {
                throw new ArgumentException($"Row {row} is of another identity than its group's first row.");
            }
        }

        RealRows = [.. Enumerable.Range(0, Count).Where(row => IsReal[row]).Select(row => (long)row)];
    }

    /// <summary>The identity's number, one per row.</summary>
    public IReadOnlyList<long> Identities { get; }

    /// <summary>Whether the row holds an image, one per row.</summary>
    public IReadOnlyList<bool> IsReal { get; }

    /// <summary>Rows per identity, K.</summary>
    public int ImagesPerIdentity { get; }

    /// <summary>Rows, P * K.</summary>
    public int Count => Identities.Count;

    /// <summary>Identities in the batch, P.</summary>
    public int Groups => Count / ImagesPerIdentity;

    /// <summary>The rows that hold an image.</summary>
    public IReadOnlyList<long> RealRows { get; }

    /// <summary>How many of the identities have a single image here: they have no leave-one-out centroid.</summary>
    public int SingleImageIdentities => Enumerable.Range(0, Groups).Count(group => RealIn(group) == 1);

    /// <summary>Images of one group.</summary>
    /// <param name="group">0 to <see cref="Groups"/> - 1.</param>
    /// <returns>0 to K.</returns>
    public int RealIn(int group) =>
        Enumerable.Range(group * ImagesPerIdentity, ImagesPerIdentity).Count(row => IsReal[row]);

    /// <summary>Picks the rows that hold an image.</summary>
    /// <param name="table">[N, D].</param>
    /// <returns>[real rows, D]; the table itself where all are real.</returns>
    public Tensor SelectReal(Tensor table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (RealRows.Count == Count)
        {
            return table.alias();
        }

        using Tensor index = tensor([.. RealRows], device: table.device);
        return table.index_select(0, index);
    }

    /// <summary>
    /// Puts the rows that hold an image back to their places: the inverse of <see cref="SelectReal"/>.
    /// </summary>
    /// <param name="table">[real rows, D].</param>
    /// <returns>[N, D], mocks all zero; the table itself where all are real.</returns>
    public Tensor PlaceReal(Tensor table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (RealRows.Count == Count)
        {
            return table.alias();
        }

        using Tensor index = tensor([.. RealRows], device: table.device);
        using Tensor empty = zeros([Count, table.shape[1]], table.dtype, table.device);
        return empty.index_copy(0, index, table);
    }

    /// <summary>The identities of the rows that hold an image.</summary>
    /// <returns>[real rows], int64.</returns>
    public Tensor RealIdentities(Device device) =>
        tensor([.. RealRows.Select(row => Identities[(int)row])], device: device);
}
