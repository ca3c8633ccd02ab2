namespace OrleansGallery.Retrieval;

/// <summary>
/// The codes of one chunk's rows and what bounds need beside them. A slot is written once, before a version that shows
/// it is published; blocks may be read beyond what is written, and what that gives is not used.
/// </summary>
internal sealed class ChunkCodes
{
    /// <summary>Rows of a block of the first stage.</summary>
    public const int BlockRows = 32;

    /// <summary>Components of a row that lie together within a block.</summary>
    public const int Group = 4;

    /// <summary>A second-stage row is padded to a multiple of this with zeros.</summary>
    public const int RowStep = 32;

    private readonly AlignedArray<byte> _blocks;
    private readonly AlignedArray<sbyte> _rows;
    private readonly int _stride;

    public ChunkCodes(RowCoding coding, int capacity)
    {
        Coding = coding;
        _stride = StrideOf(coding.Dimension);
        _rows = new(capacity * _stride);
        QuantizedScales = new float[capacity];
        QuantizedErrors = new float[capacity];
        if (coding.Rank > 0)
        {
            _blocks = new(capacity * coding.Rank);
            ProjectedScales = new float[capacity];
            ProjectedErrors = new float[capacity];
            Residuals = new float[capacity];
        }
    }

    public RowCoding Coding { get; }

    /// <summary>u of each slot's projection.</summary>
    public float[] ProjectedScales { get; } = [];

    /// <summary>E of each slot's projection.</summary>
    public float[] ProjectedErrors { get; } = [];

    /// <summary>|r| of each slot.</summary>
    public float[] Residuals { get; } = [];

    /// <summary>u of each slot's row.</summary>
    public float[] QuantizedScales { get; }

    /// <summary>E of each slot's row.</summary>
    public float[] QuantizedErrors { get; }

    /// <summary>The slots written.</summary>
    public int Written { get; private set; }

    public long MemoryBytes => (Coding.Rank > 0 ? _blocks.MemoryBytes : 0) + _rows.MemoryBytes
        + (sizeof(float) * (2L * QuantizedScales.Length + 3L * ProjectedScales.Length));

    public static int StrideOf(int dimension) => (dimension + RowStep - 1) / RowStep * RowStep;

    /// <summary>32 rows' first-stage codes plus 128: four components of each row, then the next four of each.</summary>
    public ReadOnlySpan<byte> Block(int block) =>
        _blocks.Span(block * BlockRows * Coding.Rank, BlockRows * Coding.Rank);

    /// <summary>A row's second-stage codes, padded.</summary>
    public ReadOnlySpan<sbyte> Row(int slot) => _rows.Span(slot * _stride, _stride);

    public Span<sbyte> RowToWrite(int slot) => _rows.Span(slot * _stride, _stride);

    public Span<byte> BlockToWrite(int slot) =>
        _blocks.Span(slot / BlockRows * BlockRows * Coding.Rank, BlockRows * Coding.Rank);

    /// <summary>Notes that a slot is written; slots are written in order.</summary>
    public void NoteWritten(int slot) => Written = slot + 1;

    /// <summary>Forgets all slots; no reader may hold the chunk.</summary>
    public void Reset() => Written = 0;
}
