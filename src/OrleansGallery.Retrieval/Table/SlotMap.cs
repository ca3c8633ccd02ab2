namespace OrleansGallery.Retrieval;

/// <summary>
/// Which slot holds which identity: an open-addressing hash table of eight bytes per place, since a dictionary would
/// take five times as many per row. The ids themselves are looked up in the chunks. One thread at a time.
/// </summary>
internal sealed class SlotMap
{
    // At most 7 of 8 places are taken; a table that grows has doubled from that.
    private const int MinPlaces = 16;
    private const int Empty = -1;

    private readonly Func<int, string> _idOf;
    private int[] _hashes;
    private int[] _rows;

    /// <summary>An empty map.</summary>
    /// <param name="idOf">The identity of a row number.</param>
    public SlotMap(Func<int, string> idOf)
    {
        _idOf = idOf;
        (_hashes, _rows) = NewTable(MinPlaces);
    }

    public int Count { get; private set; }

    public long MemoryBytes => 2L * sizeof(int) * _rows.Length;

    /// <summary>Makes room for more entries.</summary>
    public void Reserve(int more)
    {
        long places = _rows.Length;
        while ((Count + (long)more) * 8 > places * 7)
        {
            places *= 2;
        }

        if (places > _rows.Length)
        {
            Grow(checked((int)places));
        }
    }

    /// <summary>Notes where an identity that has no entry is.</summary>
    /// <param name="identityId">The identity.</param>
    /// <param name="row">The row's number.</param>
    public void Add(string identityId, int row)
    {
        Reserve(1);
        Insert(_hashes, _rows, HashOf(identityId), row);
        Count++;
    }

    /// <summary>Whether an identity has an entry.</summary>
    public bool Contains(string identityId) => PlaceOf(identityId) != Empty;

    /// <summary>Finds an identity.</summary>
    /// <param name="identityId">The identity.</param>
    /// <param name="row">The number of its row.</param>
    /// <returns>False where it has no entry.</returns>
    public bool TryFind(string identityId, out int row)
    {
        int place = PlaceOf(identityId);
        row = place == Empty ? Empty : _rows[place];
        return place != Empty;
    }

    /// <summary>Takes out an identity.</summary>
    /// <param name="identityId">The identity.</param>
    /// <param name="row">The number of its row.</param>
    /// <returns>False where it has no entry.</returns>
    public bool Remove(string identityId, out int row)
    {
        int place = PlaceOf(identityId);
        if (place == Empty)
        {
            row = Empty;
            return false;
        }

        row = _rows[place];
        Vacate(place, _rows.Length - 1);
        Count--;
        return true;
    }

    private int PlaceOf(string identityId)
    {
        int hash = HashOf(identityId);
        int mask = _rows.Length - 1;
        for (int place = hash & mask; _rows[place] != Empty; place = (place + 1) & mask)
        {
            if (_hashes[place] == hash && string.Equals(_idOf(_rows[place]), identityId, StringComparison.Ordinal))
            {
                return place;
            }
        }

        return Empty;
    }

    // Linear probing stops at an empty place, so those behind move up where their own place allows it.
    private void Vacate(int place, int mask)
    {
        int next = place;
        while (true)
        {
            next = (next + 1) & mask;
            if (_rows[next] == Empty)
            {
                break;
            }

            int home = _hashes[next] & mask;
            if (((next - home) & mask) >= ((next - place) & mask))
            {
                (_hashes[place], _rows[place]) = (_hashes[next], _rows[next]);
                place = next;
            }
        }

        _rows[place] = Empty;
    }

    private void Grow(int places)
    {
        (int[] hashes, int[] rows) = NewTable(places);
        for (int place = 0; place < _rows.Length; place++)
        {
            if (_rows[place] != Empty)
            {
                Insert(hashes, rows, _hashes[place], _rows[place]);
            }
        }

        (_hashes, _rows) = (hashes, rows);
    }

    private static void Insert(int[] hashes, int[] rows, int hash, int row)
    {
        int mask = rows.Length - 1;
        int place = hash & mask;
        while (rows[place] != Empty)
        {
            place = (place + 1) & mask;
        }

        (hashes[place], rows[place]) = (hash, row);
    }

    private static (int[] Hashes, int[] Rows) NewTable(int places)
    {
        int[] rows = new int[places];
        Array.Fill(rows, Empty);
        return (new int[places], rows);
    }

    // Keyed by the process, so that nobody can choose ids that fall on one place.
    private static int HashOf(string identityId) => string.GetHashCode(identityId, StringComparison.Ordinal);
}
