using System.Runtime.InteropServices;
using OrleansGallery.Inference;
using static TorchSharp.torch;

namespace OrleansGallery.Training;

/// <summary>A batch in memory that is used again: valid until the loader is asked for the next one.</summary>
internal sealed class LoadedBatch : IDisposable
{
    private readonly int _rowLength;

    internal LoadedBatch(int rows, int height, int width)
    {
        TorchRuntime.EnsureLoaded();
        Images = empty([rows, 3, height, width], ScalarType.Float32).DetachFromDisposeScope();
        IsReal = new bool[rows];
        _rowLength = 3 * height * width;
    }

    /// <summary>[P * K, 3, H, W] on the CPU; mocks are zero.</summary>
    public Tensor Images { get; }

    /// <summary>Its number in the epoch.</summary>
    public int Number { get; internal set; }

    /// <summary>What its rows are.</summary>
    public IReadOnlyList<SampledRow> Rows { get; internal set; } = [];

    /// <summary>Which rows hold an image: neither a mock nor unreadable.</summary>
    internal bool[] IsReal { get; }

    /// <summary>Rows still to come.</summary>
    internal int Pending { get; set; }

    /// <summary>Frees the memory.</summary>
    public void Dispose() => Images.Dispose();

    /// <summary>Describes the rows for the losses.</summary>
    /// <param name="imagesPerIdentity">K.</param>
    public BatchRows Describe(int imagesPerIdentity) =>
        new([.. Rows.Select(row => (long)row.Identity)], IsReal, imagesPerIdentity);

    internal Span<float> Row(int row) =>
        MemoryMarshal.Cast<byte, float>(Images.bytes).Slice(row * _rowLength, _rowLength);
}
