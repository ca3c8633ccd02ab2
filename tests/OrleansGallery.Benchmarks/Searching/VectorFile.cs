using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>Raw float32 vectors one after the other, as another process maps them.</summary>
internal static class VectorFile
{
    private const int BlockRows = 4096;

    /// <summary>Writes vectors.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="count">How many.</param>
    /// <param name="dimension">The components of each.</param>
    /// <param name="write">Writes one of them; called by several threads.</param>
    /// <returns>The SHA-256 of the file in hexadecimal.</returns>
    public static string Write(string path, int count, int dimension, VectorWriter write)
    {
        using FileStream stream = File.Create(path);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        float[] block = new float[BlockRows * dimension];
        for (int first = 0; first < count; first += BlockRows)
        {
            int rows = Math.Min(BlockRows, count - first);
            int start = first;
            Parallel.For(0, rows, row => write(start + row, block.AsSpan(row * dimension, dimension)));
            ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(block.AsSpan(0, rows * dimension));
            hash.AppendData(bytes);
            stream.Write(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
