namespace OrleansGallery.Retrieval;

/// <content>How rows get their codes, in the background.</content>
public sealed partial class CentroidTable
{
    /// <summary>
    /// Has rows coded from now on: new chunks and those of loads that begin later at once, those there are one by one
    /// in <see cref="CodeNext"/>. Searches give the same answers meanwhile.
    /// </summary>
    /// <param name="coding">The coding; null for none.</param>
    /// <exception cref="ArgumentException">It is of another dimension.</exception>
    public void UseCoding(RowCoding? coding)
    {
        if (coding is not null && coding.Dimension != Dimension)
        {
            throw new ArgumentException($"The coding has {coding.Dimension} dimensions; the table has {Dimension}.");
        }

        lock (_writing)
        {
            _rows.Coding = coding;
        }
    }

    /// <summary>Codes one chunk that is not yet as <see cref="UseCoding"/> said. For one thread at a time; others may
    /// read and write meanwhile.</summary>
    /// <returns>False where there is none left.</returns>
    public bool CodeNext()
    {
        RowCoding? coding;
        lock (_writing)
        {
            coding = _rows.Coding;
        }

        // The snapshot keeps the chunk from being emptied for reuse.
        using TableSnapshot snapshot = Snapshot();
        RowChunk? chunk = FirstWithout(snapshot.Version, coding);
        if (chunk is null)
        {
            return false;
        }

        ChunkCodes? codes = coding is null ? null : CodesOf(chunk, coding, UsedIn(chunk));
        lock (_writing)
        {
            if (_rows.Coding == coding)
            {
                Put(_rows, chunk, codes);
            }
        }

        return true;
    }

    /// <summary>What the basis leaves of the rows: the mean squared residual over the snapshot's coded rows.</summary>
    /// <returns>The mean, 0 to 1, and how many rows it is over.</returns>
    public (double Mean, long Rows) MeasureResidual()
    {
        using TableSnapshot snapshot = Snapshot();
        (double sum, long rows) = (0, 0);
        foreach (RowChunk chunk in snapshot.Version.Chunks)
        {
            if (chunk.Codes is { Coding.Rank: > 0 } codes)
            {
                int used = chunk.Used;
                for (int slot = 0; slot < used; slot++)
                {
                    if (chunk.IsVisible(slot, snapshot.Version.Stamp))
                    {
                        sum += (double)codes.Residuals[slot] * codes.Residuals[slot];
                        rows++;
                    }
                }
            }
        }

        return (rows == 0 ? 0 : sum / rows, rows);
    }

    private static RowChunk? FirstWithout(TableVersion version, RowCoding? coding)
    {
        foreach (RowChunk chunk in version.Chunks)
        {
            if (chunk.Codes?.Coding != coding)
            {
                return chunk;
            }
        }

        return null;
    }

    private int UsedIn(RowChunk chunk)
    {
        lock (_writing)
        {
            return chunk.Used;
        }
    }

    // The rows that are there already, without the writers' lock.
    private static ChunkCodes CodesOf(RowChunk chunk, RowCoding coding, int used)
    {
        ChunkCodes codes = new(coding, chunk.Capacity);
        RowEncoder encoder = new(coding);
        for (int slot = 0; slot < used; slot++)
        {
            encoder.Encode(chunk.Row(slot), codes, slot);
        }

        return codes;
    }

    private static void Put(RowStore rows, RowChunk chunk, ChunkCodes? codes)
    {
        if (codes is null)
        {
            chunk.Codes = null;
        }
        else
        {
            rows.Finish(chunk, codes);
        }
    }
}
