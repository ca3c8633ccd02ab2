namespace OrleansGallery.Retrieval;

/// <summary>Which identities can be matches, by their attributes.</summary>
/// <param name="all">The identity must have one text of each of these keys.</param>
/// <param name="none">It must have no text of any of these.</param>
public sealed class AttributeFilter(IReadOnlyList<AttributeChoice> all, IReadOnlyList<AttributeChoice> none)
{
    /// <summary>Whether an identity can be a match.</summary>
    /// <param name="attributes">Its attributes.</param>
    public bool Lets(AttributeSet attributes) =>
        all.All(choice => choice.Lets(attributes)) && !none.Any(choice => choice.Lets(attributes));

    /// <summary>Whether all identities of some chunks can be matches because none has an attribute.</summary>
    /// <param name="chunks">The chunks.</param>
    internal bool LetsAllOf(ReadOnlySpan<RowChunk> chunks)
    {
        if (all.Count > 0)
        {
            return false;
        }

        foreach (RowChunk chunk in chunks)
        {
            if (chunk.Attributes is not null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Marks the slots of a chunk whose identities can be matches, those that no snapshot shows
    /// included.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="marks">A bit per slot; all of them are written.</param>
    internal void Mark(RowChunk chunk, Span<ulong> marks)
    {
        if (chunk.Attributes is not { } attributes)
        {
            marks.Fill(all.Count == 0 ? ulong.MaxValue : 0);
            return;
        }

        Span<ulong> chosen = stackalloc ulong[RowChunk.MaxCapacity / RowMarks.SlotsPerWord];
        chosen = chosen[..marks.Length];
        marks.Fill(ulong.MaxValue);
        foreach (AttributeChoice choice in all)
        {
            chosen.Clear();
            choice.Mark(attributes, chosen);
            for (int i = 0; i < marks.Length; i++)
            {
                marks[i] &= chosen[i];
            }
        }

        if (none.Count > 0)
        {
            chosen.Clear();
            foreach (AttributeChoice choice in none)
            {
                choice.Mark(attributes, chosen);
            }

            for (int i = 0; i < marks.Length; i++)
            {
                marks[i] &= ~chosen[i];
            }
        }
    }
}
