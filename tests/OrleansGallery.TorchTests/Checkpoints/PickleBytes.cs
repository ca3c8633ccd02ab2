using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace OrleansGallery.TorchTests.Checkpoints;

/// <summary>Pickles by hand: honest ones, and such as Python would regret.</summary>
internal sealed class PickleBytes
{
    private readonly MemoryStream _bytes = new();

    public static PickleBytes Start() => new PickleBytes().Raw(0x80, 2);

    public PickleBytes Raw(params byte[] bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    public PickleBytes Op(string ascii) => Raw(Encoding.ASCII.GetBytes(ascii));

    public PickleBytes Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        return Op("X").Raw(length).Raw(bytes);
    }

    public PickleBytes Number(long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Raw(0x8a, 8).Raw(bytes);
    }

    public PickleBytes Global(string module, string name) => Op($"c{module}\n{name}\n");

    /// <summary>A tensor of a storage, as PyTorch writes it.</summary>
    public PickleBytes Tensor(string storage, string key, long elements, long offset, long[] shape, long[] stride)
    {
        Global("torch._utils", "_rebuild_tensor_v2").Op("((").Text("storage").Global("torch", storage).Text(key).Text("cpu");
        Number(elements).Op("tQ").Number(offset);
        Numbers(shape);
        Numbers(stride);
        return Raw(0x89).Global("collections", "OrderedDict").Op(")RtR");
    }

    /// <summary>A state dictionary of one tensor called 'weight': 2 x 3 float32 numbers.</summary>
    public PickleBytes Weight() => Op("}").Text("weight").Tensor("FloatStorage", "0", 6, 0, [2, 3], [3, 1]).Op("s");

    public byte[] ToArray() => _bytes.ToArray();

    /// <summary>A zip checkpoint with storages of this many bytes, whose bytes count up.</summary>
    public void WriteZip(string path, params int[] storages)
    {
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        Write(archive, "mini/data.pkl", ToArray());
        for (int i = 0; i < storages.Length; i++)
        {
            Write(archive, $"mini/data/{i}", [.. Enumerable.Range(0, storages[i]).Select(value => (byte)value)]);
        }
    }

    private void Numbers(long[] values)
    {
        Op("(");
        foreach (long value in values)
        {
            Number(value);
        }

        Op("t");
    }

    private static void Write(ZipArchive archive, string name, byte[] bytes)
    {
        using Stream stream = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
        stream.Write(bytes);
    }
}
