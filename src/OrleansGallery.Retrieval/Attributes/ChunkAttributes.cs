namespace OrleansGallery.Retrieval;

/// <summary>
/// The attributes of a chunk's slots, and where each is: a hash table from an attribute to its slots, whose entries are
/// chained. The one writer only ever adds, before it shows the version that has the slot, so that readers need no lock;
/// a table that is full is replaced as a whole.
/// </summary>
internal sealed class ChunkAttributes
{
    private const int MinEntries = 64;

    private readonly AttributeSet?[] _sets;
    private Table _table = new(MinEntries);

    /// <summary>Whether two attributes of one hash are here, so that an entry says nothing of its neighbours.</summary>
    private volatile bool _collides;

    /// <param name="capacity">Slots of the chunk.</param>
    public ChunkAttributes(int capacity) => _sets = new AttributeSet?[capacity];

    /// <summary>What this takes in memory, without the texts.</summary>
    public long MemoryBytes => (_sets.LongLength * nint.Size) + _table.MemoryBytes;

    /// <summary>The attributes of a slot's identity; null: none.</summary>
    public AttributeSet? this[int slot] => _sets[slot];

    /// <summary>Notes a slot's attributes, for the one writer.</summary>
    public void Add(int slot, AttributeSet attributes)
    {
        _sets[slot] = attributes;
        foreach ((string key, string value) in attributes.Pairs)
        {
            if (_table.IsFull)
            {
                Volatile.Write(ref _table, _table.Grow());
            }

            int hash = AttributeSet.HashOf(key, value);
            if (!_collides && _table.FirstOf(hash) is >= 0 and int first && !_sets[first]!.Has(key, value))
            {
                _collides = true;
            }

            _table.Add(hash, (short)slot);
        }
    }

    /// <summary>Marks the slots that have an attribute.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="value">Its text.</param>
    /// <param name="hash">Its <see cref="AttributeSet.HashOf"/>.</param>
    /// <param name="marks">A bit per slot.</param>
    public void Mark(string key, string value, int hash, Span<ulong> marks)
    {
        Table table = Volatile.Read(ref _table);

        // All entries of one hash are one attribute's, unless some collide: then the first tells of all.
        bool known = false;
        for (int at = table.Head(hash); at >= 0; at = table.Entries[at].Next)
        {
            Entry entry = table.Entries[at];
            if (entry.Hash != hash)
            {
                continue;
            }

            if (!known && !_sets[entry.Slot]!.Has(key, value))
            {
                if (!_collides)
                {
                    return;
                }

                continue;
            }

            known = !_collides;
            RowMarks.Set(marks, entry.Slot);
        }
    }

    private struct Entry
    {
        public int Hash;
        public int Next;
        public short Slot;
    }

    private sealed class Table
    {
        private readonly int[] _heads;
        private int _count;

        public Table(int capacity)
        {
            Entries = new Entry[capacity];
            _heads = new int[capacity];
            Array.Fill(_heads, -1);
        }

        public Entry[] Entries { get; }

        public bool IsFull => _count == Entries.Length;

        public long MemoryBytes => Entries.LongLength * ((3 * sizeof(int)) + sizeof(int));

        public int Head(int hash) => Volatile.Read(ref _heads[hash & (_heads.Length - 1)]);

        /// <summary>A slot that has an attribute of this hash; -1: none.</summary>
        public int FirstOf(int hash)
        {
            for (int at = Head(hash); at >= 0; at = Entries[at].Next)
            {
                if (Entries[at].Hash == hash)
                {
                    return Entries[at].Slot;
                }
            }

            return -1;
        }

        public void Add(int hash, short slot)
        {
            ref int head = ref _heads[hash & (_heads.Length - 1)];
            Entries[_count] = new Entry { Hash = hash, Next = head, Slot = slot };
            Volatile.Write(ref head, _count++);
        }

        public Table Grow()
        {
            Table larger = new(2 * Entries.Length);
            foreach (Entry entry in Entries.AsSpan(0, _count))
            {
                larger.Add(entry.Hash, entry.Slot);
            }

            return larger;
        }
    }
}
