using System.Runtime.InteropServices;
using OrleansGallery.Imaging;
using static TorchSharp.torch;

namespace OrleansGallery.Inference.Serving;

/// <summary>
/// The memory that a batch comes and goes through, used again for the next one: pixels as bytes, embeddings as float32,
/// both pinned where a GPU copies from and to them. It grows to the largest batch that it has seen.
/// </summary>
/// <param name="height">Of the images.</param>
/// <param name="width">Of the images.</param>
/// <param name="dimension">Of the embeddings.</param>
/// <param name="pinned">Whether the memory is pinned.</param>
internal sealed class PixelBuffer(int height, int width, int dimension, bool pinned) : IDisposable
{
    private Tensor? _pixels;
    private Tensor? _embeddings;
    private int _places;

    /// <summary>Puts images into the buffer.</summary>
    /// <param name="images">Images of the buffer's size, at least one.</param>
    /// <returns>[B, H, W, 3], bytes on the CPU, a view of the buffer; the caller disposes of it.</returns>
    public Tensor Fill(IReadOnlyList<PixelImage> images)
    {
        Grow(images.Count);
        Span<byte> bytes = _pixels!.bytes;
        int size = height * width * PixelImage.Channels;
        for (int i = 0; i < images.Count; i++)
        {
            images[i].Pixels.Span.CopyTo(bytes.Slice(i * size, size));
        }

        return _pixels.narrow(0, 0, images.Count);
    }

    /// <summary>Fetches a batch's embeddings; waits until they are computed.</summary>
    /// <param name="result">[B, D], float32 on any device.</param>
    /// <param name="embeddings">One array for each image.</param>
    public void Read(Tensor result, Span<float[]> embeddings)
    {
        using Tensor target = _embeddings!.narrow(0, 0, embeddings.Length);
        target.copy_(result);
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(_embeddings.bytes);
        for (int i = 0; i < embeddings.Length; i++)
        {
            embeddings[i] = values.Slice(i * dimension, dimension).ToArray();
        }
    }

    public void Dispose()
    {
        _pixels?.Dispose();
        _embeddings?.Dispose();
    }

    private void Grow(int count)
    {
        if (count > _places)
        {
            Dispose();
            (_pixels, _embeddings, _places) = (null, null, 0);
            _pixels = Allocate([count, height, width, PixelImage.Channels], ScalarType.Byte);
            _embeddings = Allocate([count, dimension], ScalarType.Float32);
            _places = count;
        }
    }

    private Tensor Allocate(long[] shape, ScalarType type)
    {
        Tensor memory = empty(shape, type);
        if (pinned)
        {
            using Tensor plain = memory;
            memory = plain.pin_memory();
        }

        return memory.DetachFromDisposeScope();
    }
}
