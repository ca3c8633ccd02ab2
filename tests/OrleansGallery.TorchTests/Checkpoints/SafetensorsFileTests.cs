using System.Buffers.Binary;
using System.Text;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Testing;
using TorchSharp;

namespace OrleansGallery.TorchTests.Checkpoints;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.File("x.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_EveryType_ReadsBackTheSame()
    {
        SafetensorsTensor[] tensors = [.. Enum.GetValues<SafetensorsType>().Select((type, i) =>
        {
            byte[] data = [.. Enumerable.Range(i, 6 * SafetensorsHeader.SizeOf(type)).Select(b => (byte)(b % 2))];
            return new SafetensorsTensor($"t.{type}", type, [2, 3], data);
        })];
        Dictionary<string, string> metadata = new() { ["name"] = "zażółć \"quoted\"", ["empty"] = "" };
        SafetensorsFile.Write(FilePath, [.. tensors, new("scalar", SafetensorsType.I64, [], new byte[8]),
            new("none", SafetensorsType.F32, [0, 3], Array.Empty<byte>())], metadata);

        using SafetensorsFile file = SafetensorsFile.Open(FilePath);
        Assert.Equal(metadata.OrderBy(m => m.Key), file.Metadata.OrderBy(m => m.Key));
        Assert.Equal([.. tensors.Select(t => t.Name), "scalar", "none"], file.Entries.Select(e => e.Name));
        foreach (SafetensorsTensor tensor in tensors)
        {
            SafetensorsEntry entry = file.Find(tensor.Name)!;
            byte[] data = new byte[entry.Length];
            file.Read(entry, data);
            Assert.Equal(tensor.Data.ToArray(), data);
            using torch.Tensor loaded = NetworkWeights.Read(file, entry);
            Assert.Equal([2, 3], loaded.shape);
        }

        Assert.Null(file.Find("t"));
        Assert.Equal(FilePath, Assert.Single(Directory.GetFiles(_folder.Root)));
    }

    [Fact]
    public void Read_Float32_HasTheNumbers()
    {
        float[] values = [1.5f, -2, float.MaxValue, float.Epsilon];
        SafetensorsFile.Write(FilePath, [SafetensorsTensor.Of("x", [4], values)], new Dictionary<string, string>());
        using SafetensorsFile file = SafetensorsFile.Open(FilePath);
        using torch.Tensor tensor = NetworkWeights.Read(file, file.Entries[0]);
        Assert.Equal(values, tensor.data<float>().ToArray());
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, null)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}   """, 8, null)]
    [InlineData("""{}""", 0, null)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "claims bytes [0, 8) of the 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "claims bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", 8, "claims bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", 8, "claims bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "a shape of [3]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}""", 8, "a shape of [-1, -2]")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "a shape of [4294967296")]
    [InlineData("""{"a":{"dtype":"F8","shape":[8],"data_offsets":[0,8]}}""", 8, "unknown type 'F8'")]
    [InlineData("""{"a":{"dtype":"0","shape":[2],"data_offsets":[0,8]}}""", 8, "unknown type '0'")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}}""",
        6,
        "'b' overlaps 'a'")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"""
            + """ "b":{"dtype":"U8","shape":[4],"data_offsets":[6,10]}}""",
        10,
        "'b' leaves a hole after 'a'")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", 6, "has 6 bytes of data, the tensors only 4")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""",
        2,
        "'a' is there twice")]
    [InlineData("""{"a":1}""", 0, "not that of a safetensors file")]
    [InlineData("""{"a":{"dtype":"U8"}}""", 0, "not that of a safetensors file")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1.5],"data_offsets":[0,1]}}""", 1, "not that of a safetensors file")]
    [InlineData("""[1]""", 0, "not that of a safetensors file")]
    [InlineData("""{"a":""", 0, "not that of a safetensors file")]
    [InlineData("""[[[[[[[[[[[[]]]]]]]]]]]]""", 0, "not that of a safetensors file")]
    public void Open_AnyHeader_IsAcceptedOrRefusedByName(string json, int dataLength, string? expected)
    {
        byte[] header = Encoding.UTF8.GetBytes(json);
        byte[] bytes = new byte[8 + header.Length + dataLength];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, header.Length);
        header.CopyTo(bytes, 8);
        File.WriteAllBytes(FilePath, bytes);
        if (expected is null)
        {
            SafetensorsFile.Open(FilePath).Dispose();
            return;
        }

        CheckpointException e = Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(FilePath));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Contains(FilePath, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 1, 2, 3 })]
    [InlineData(new byte[] { 9, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}' })]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255, (byte)'{', (byte)'}' })]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 127, (byte)'{', (byte)'}' })]
    public void Open_CutShort_IsRefused(byte[] bytes)
    {
        File.WriteAllBytes(FilePath, bytes);
        Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(FilePath));
    }

    [Fact]
    public void Write_Failing_LeavesTheOldFile()
    {
        File.WriteAllText(FilePath, "old");
        SafetensorsTensor bad = new("a", SafetensorsType.F32, [2], new byte[7]);
        Assert.Throws<ArgumentException>(
            () => SafetensorsFile.Write(FilePath, [bad], new Dictionary<string, string>()));
        SafetensorsTensor twice = new("a", SafetensorsType.U8, [1], new byte[1]);
        Assert.Throws<ArgumentException>(
            () => SafetensorsFile.Write(FilePath, [twice, twice], new Dictionary<string, string>()));
        Assert.Throws<InvalidOperationException>(
            () => DurableFile.Write(FilePath, _ => throw new InvalidOperationException("disk full")));
        Assert.Equal("old", File.ReadAllText(FilePath));
        Assert.Single(Directory.GetFiles(_folder.Root));
    }
}
