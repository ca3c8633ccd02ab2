using System.Text;
using OrleansGallery.Offline;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Offline;

public sealed class NpyFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.File("x.npy");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_EveryType_ReadsBackTheSame()
    {
        RoundTrip<float>([1.5f, float.NaN, -0f, float.MaxValue]);
        RoundTrip<double>([1.5, double.NaN, -0, double.MaxValue]);
        RoundTrip<long>([1, long.MinValue, 3, 4]);
        RoundTrip<int>([1, int.MinValue, 3, 4]);
        RoundTrip<bool>([true, false, false, true]);
    }

    [Fact]
    public void WriteText_Unicode_ReadsBackTheSame()
    {
        NpyArray<string> array = new([2, 2], ["", "zażółć", "日本", "🖼️ long text"]);
        NpyFile.WriteText(FilePath, array);
        NpyArray<string> read = NpyFile.ReadText(FilePath);
        Assert.Equal(array.Values, read.Values);
        Assert.Equal([2, 2], read.Shape);
    }

    [Theory]
    [InlineData(new int[0], 1)]
    [InlineData(new[] { 0 }, 0)]
    [InlineData(new[] { 3, 0, 2 }, 0)]
    [InlineData(new[] { 1, 5 }, 5)]
    public void Write_AnyShape_ReadsBackTheSame(int[] shape, int count)
    {
        NpyFile.Write(FilePath, new NpyArray<int>(shape, new int[count]));
        Assert.Equal(shape, NpyFile.Read<int>(FilePath).Shape);
        Assert.Equal(0, NpyFile.ReadHeader(FilePath).DataOffset % 64);
        NpyFile.WriteText(FilePath, new NpyArray<string>(shape, [.. Enumerable.Repeat("", count)]));
        Assert.Equal(shape, NpyFile.ReadText(FilePath).Shape);
    }

    [Fact]
    public void Read_NumPysOwnBytes_AreUnderstood()
    {
        // numpy.save of numpy.array([[1, 2]], numpy.float32), format versions 1 and 2
        byte[] data = [0, 0, 128, 63, 0, 0, 0, 64];
        const string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }";
        File.WriteAllBytes(FilePath, Bytes(1, header, data));
        Assert.Equal([1f, 2f], NpyFile.Read<float>(FilePath).Values);
        File.WriteAllBytes(FilePath, Bytes(2, header, data));
        Assert.Equal([1f, 2f], NpyFile.Read<float>(FilePath).Values);
        NpyFile.Write(FilePath, new NpyArray<float>([1, 2], [1, 2]));
        Assert.Equal(Bytes(1, header, data), File.ReadAllBytes(FilePath));
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", 8, "needs 12 bytes; it has 8")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", 8, "needs 4 bytes; it has 8")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 2147483647), }", 8, "bytes; it has 8")]
    [InlineData(
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 2147483647, 2147483647, 2147483647), }",
        8,
        "bytes; it has 8")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", 8, "length '99999999999'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", 8, "length '-1'")]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 1, 2), }", 16, "Fortran order")]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }", 8, "'>f4', not '<f4'")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", 8, "'<f8', not '<f4'")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", 8, "'|O', not '<f4'")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", 8, "plain array")]
    [InlineData("nonsense", 8, "plain array")]
    public void Read_BadHeader_IsRefusedByName(string header, int length, string expected)
    {
        File.WriteAllBytes(FilePath, Bytes(1, header, new byte[length]));
        NpyException e = Assert.Throws<NpyException>(() => NpyFile.Read<float>(FilePath));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Equal(FilePath, e.File);
    }

    [Theory]
    [InlineData("<U0", 0)]
    [InlineData("<U999999999", 0)]
    [InlineData("<U2", 8)]
    [InlineData("<f4", 8)]
    [InlineData("<Ux", 8)]
    public void ReadText_BadHeader_IsRefused(string type, int length)
    {
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': (2000000000,), }}";
        File.WriteAllBytes(FilePath, Bytes(1, header, new byte[length]));
        Assert.Throws<NpyException>(() => NpyFile.ReadText(FilePath));
    }

    [Fact]
    public void ReadText_NoCodePoint_IsRefused()
    {
        const string header = "{'descr': '<U1', 'fortran_order': False, 'shape': (1,), }";
        File.WriteAllBytes(FilePath, Bytes(1, header, [255, 255, 255, 255]));
        Assert.Throws<NpyException>(() => NpyFile.ReadText(FilePath));
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0x93, 78, 85, 77, 80, 89, 1, 0, 200, 0, 1 })]
    [InlineData(new byte[] { 0x93, 78, 85, 77, 80, 89, 9, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0x93, 78, 85, 77, 80, 89, 2, 0, 255, 255, 255, 255 })]
    public void ReadHeader_CutShort_IsRefused(byte[] bytes)
    {
        File.WriteAllBytes(FilePath, bytes);
        Assert.Throws<NpyException>(() => NpyFile.ReadHeader(FilePath));
    }

    private static byte[] Bytes(byte version, string header, byte[] data)
    {
        int prefix = version == 1 ? 10 : 12;
        int total = (prefix + header.Length + 1 + 63) / 64 * 64;
        string padded = header.PadRight(total - prefix - 1) + "\n";
        byte[] length = version == 1
            ? [(byte)padded.Length, (byte)(padded.Length >> 8)]
            : [(byte)padded.Length, (byte)(padded.Length >> 8), 0, 0];
        return [0x93, 78, 85, 77, 80, 89, version, 0, .. length, .. Encoding.ASCII.GetBytes(padded), .. data];
    }

    private void RoundTrip<T>(T[] values)
        where T : unmanaged
    {
        NpyFile.Write(FilePath, new NpyArray<T>([2, 2], values));
        NpyArray<T> read = NpyFile.Read<T>(FilePath);
        Assert.Equal(values, read.Values);
        Assert.Equal([2, 2], read.Shape);
    }
}
