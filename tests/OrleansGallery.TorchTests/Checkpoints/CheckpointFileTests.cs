using OrleansGallery.Inference;
using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Testing;

namespace OrleansGallery.TorchTests.Checkpoints;

/// <summary>What the restricted reader makes of honest files.</summary>
public sealed class CheckpointFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("FloatStorage", 4, SafetensorsType.F32)]
    [InlineData("DoubleStorage", 8, SafetensorsType.F64)]
    [InlineData("HalfStorage", 2, SafetensorsType.F16)]
    [InlineData("BFloat16Storage", 2, SafetensorsType.BF16)]
    [InlineData("LongStorage", 8, SafetensorsType.I64)]
    [InlineData("ByteStorage", 1, SafetensorsType.U8)]
    [InlineData("CharStorage", 1, SafetensorsType.I8)]
    [InlineData("ShortStorage", 2, SafetensorsType.I16)]
    [InlineData("BoolStorage", 1, SafetensorsType.BOOL)]
    public void Read_EveryElementType_GivesTheStoragesBytes(string storage, int size, SafetensorsType type)
    {
        string path = _folder.File("types.pth");
        PickleBytes.Start().Op("}").Text("x").Tensor(storage, "0", 4, 1, [2], [1]).Op("s.").WriteZip(path, 4 * size);
        using CheckpointFile file = CheckpointFile.Open(path);
        CheckpointTensor tensor = Assert.Single(file.Tensors);
        byte[] expected = [.. Enumerable.Range(size, 2 * size).Select(value => (byte)value)];

        Assert.Equal(type, tensor.Type);
        Assert.Equal(expected, file.Read(tensor));
        Assert.Equal(2, file.ReadSingles(tensor).Length);
    }

    [Fact]
    public void Read_Views_GatherFromOneStorage()
    {
        string path = _folder.File("views.pth");
        PickleBytes.Start().Op("}")
            .Text("rows").Tensor("ByteStorage", "0", 12, 0, [3, 4], [4, 1]).Op("s")
            .Text("columns").Tensor("ByteStorage", "0", 12, 0, [4, 3], [1, 4]).Op("s")
            .Text("every other").Tensor("ByteStorage", "0", 12, 1, [3], [2]).Op("s")
            .Text("one thrice").Tensor("ByteStorage", "0", 12, 7, [3, 1], [0, 5]).Op("s")
            .Text("scalar").Tensor("ByteStorage", "0", 12, 11, [], []).Op("s")
            .Text("none").Tensor("ByteStorage", "0", 12, 12, [0, 4], [4, 1]).Op("s")
            .Op(".").WriteZip(path, 12);
        using CheckpointFile file = CheckpointFile.Open(path);

        Assert.Equal([0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11], file.Read(file.Find("columns")!));
        Assert.Equal([1, 3, 5], file.Read(file.Find("every other")!));
        Assert.Equal([7, 7, 7], file.Read(file.Find("one thrice")!));
        Assert.Equal([11], file.Read(file.Find("scalar")!));
        Assert.Empty(file.Read(file.Find("none")!));
        Assert.Equal(6, file.Tensors.Count);
    }

    [Fact]
    public void Open_ForeignObjects_AreBorne()
    {
        string path = _folder.File("foreign.ckpt");
        PickleBytes pickle = PickleBytes.Start().Op("}").Text("state_dict").Weight().Op("s");
        pickle.Text("config").Global("yacs.config", "CfgNode").Op(")").Raw(0x81).Op("}").Text("k").Text("v").Op("sbs");
        pickle.Global("lightning.callbacks", "Checkpoint").Op("Ns");
        pickle.Text("complex").Tensor("ComplexFloatStorage", "1", 2, 0, [2], [1]).Op("s");
        pickle.Text("loss").Global("numpy.core.multiarray", "scalar").Global("numpy", "dtype").Op("(").Text("f8")
            .Raw(0x89, 0x88).Op("tR").Global("_codecs", "encode").Op("(").Text("\0\0\0\0\0\0\u00e0\u003f")
                .Text("latin1")
            .Op("tR").Raw(0x86).Op("Rs");
        pickle.Text("parameter").Global("torch._utils", "_rebuild_parameter").Op("(")
            .Tensor("FloatStorage", "0", 6, 0, [6], [1]).Raw(0x88).Global("collections", "OrderedDict").Op(")RtRs");
        pickle.Op(".").WriteZip(path, 24);
        using CheckpointFile file = CheckpointFile.Open(path);

        Assert.Equal("weight", Assert.Single(file.Tensors).Name);
        Assert.Equal("0.5", file.Metadata["loss"]);
    }

    [Fact]
    public void Open_ZipOfSomethingElse_IsRefused()
    {
        string path = _folder.File("other.zip");
        using (var archive = System.IO.Compression.ZipFile.Open(path, System.IO.Compression.ZipArchiveMode.Create))
        {
            archive.CreateEntry("readme.txt");
        }

        Assert.Contains(
            "not one of PyTorch's", Assert.Throws<CheckpointException>(() => CheckpointFile.Open(path)).Message);
    }

    [Fact]
    public void Open_AModelsFile_HasItsTensorsAndMetadata()
    {
        string path = _folder.File("small.safetensors");
        SafetensorsFile.Write(
            path, [SafetensorsTensor.Of("a", [2], [1, 2])], new Dictionary<string, string> { ["k"] = "v" });
        using CheckpointFile file = CheckpointFile.Open(path);

        Assert.Equal((CheckpointFormat.Safetensors, "v"), (file.Format, file.Metadata["k"]));
        Assert.Equal([1f, 2f], file.ReadSingles(Assert.Single(file.Tensors)));
    }

    public void Dispose() => _folder.Dispose();
}
