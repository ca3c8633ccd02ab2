using System.Runtime.CompilerServices;

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
    private readonly Func<string, string, int> _hashOf;
    private Table _table = new(MinEntries);

    /// <param name="capacity">Slots of the chunk.</param>
    /// <param name="hashOf">The hash of an attribute; null: <see cref="AttributeSet.HashOf"/>.</param>
    public ChunkAttributes(int capacity, Func<string, string, int>? hashOf = null) =>
        (_sets, _hashOf) = (new AttributeSet?[capacity], hashOf ?? AttributeSet.HashOf);

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

            _table.Add(new Entry { Hash = _hashOf(key, value), Key = key, Value = value, Slot = (short)slot });
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
        for (int at = table.Head(hash); at >= 0; at = table.Entries[at].Next)
        {
            ref readonly Entry entry = ref table.Entries[at];
            if (entry.Hash == hash && entry.Value == value && entry.Key == key)
            {
                // Equal texts mostly are one object, which needs no comparison the next time.
                (key, value) = (entry.Key, entry.Value);
                RowMarks.Set(marks, entry.Slot);
            }
        }
    }

    private struct Entry
    {
        public string Key;
        public string Value;
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

        public long MemoryBytes => Entries.LongLength * (Unsafe.SizeOf<Entry>() + sizeof(int));

        public int Head(int hash) => Volatile.Read(ref _heads[hash & (_heads.Length - 1)]);

        public void Add(Entry entry)
        {
            ref int head = ref _heads[entry.Hash & (_heads.Length - 1)];
            Entries[_count] = entry with { Next = head };
            Volatile.Write(ref head, _count++);
        }

        public Table Grow()
        {
            Table larger = new(2 * Entries.Length);
            foreach (Entry entry in Entries.AsSpan(0, _count))
            {
                larger.Add(entry);
            }

            return larger;
        }
    }
}
