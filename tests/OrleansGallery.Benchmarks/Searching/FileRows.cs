using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using OrleansGallery.Offline;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Benchmarks.Searching;

/// <summary>
/// Real embeddings from a float32 <c>.npy</c> file of N x D: evenly spaced ones are the queries, the others the rows.
/// Read one at a time, so that nothing is held twice.
/// </summary>
internal sealed class FileRows : IRowSource, IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly string _name;
    private readonly int _offset;
    private readonly int _queries;
    private readonly int _step;

    public FileRows(string path, int mostRows, int queries)
    {
        NpyHeader header = NpyFile.ReadHeader(path);
        if (header.Type != "<f4" || header.Shape.Count != 2)
        {
            throw new NpyException(
                path, $"it holds '{header.Type}' of {header.Shape.Count} lengths, not float32 ('<f4') of N x D.");
        }

        // Every step-th embedding is a query; between two queries lies at least one row.
        _step = header.Shape[0] / Math.Max(1, queries);
        if (_step < 2)
        {
            throw new NpyException(
                path, $"{queries} queries leave too few of its {header.Shape[0]} embeddings as rows.");
        }

        _queries = queries;
        _offset = header.DataOffset;
        _name = Path.GetFileName(path);
        Count = Math.Min(mostRows, header.Shape[0] - queries);
        Dimension = header.Shape[1];
        _file = File.OpenHandle(path);
    }

    public string Description => $"real embeddings, {_name}";

    public int Count { get; }

    public int Dimension { get; }

    public void WriteRow(int row, Span<float> unit)
    {
        int query = Math.Min(row / (_step - 1), _queries - 1);
        Read(row + query + 1, unit);
    }

    public void WriteQuery(int query, Span<float> unit) => Read(query * _step, unit);

    public void Dispose() => _file.Dispose();

    private void Read(int number, Span<float> unit)
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(unit);
        long from = _offset + ((long)number * bytes.Length);
        for (int read = 0; read < bytes.Length;)
        {
            int count = RandomAccess.Read(_file, bytes[read..], from + read);
            read += count > 0 ? count : throw new NpyException(_name, "it is cut short.");
        }

        QueryVector.Normalize(unit, unit);
    }
}
