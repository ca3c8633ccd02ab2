using OrleansGallery.Inference;
using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.Models;
using OrleansGallery.Testing;

namespace OrleansGallery.TorchTests.Graphs;

/// <summary>Graphs that cannot be used are refused in words that name what decides; nothing is left of them.</summary>
public sealed class GraphRefusalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Graphs => new()
    {
        { "int", "'image' (I64 [1, 3, 8, 8]) takes no pictures" },
        { "text", "'image' (Text [1, 3, 8, 8]) takes no pictures" },
        { "vector", "'image' (F32 [1, 3]) takes no pictures" },
        { "two inputs", "it has 2 inputs: 'image' (F32 [1, 3, 8, 8]), 'more' (F32 [1, 3, 8, 8]). Export the encoder" },
        { "two outputs", "2 outputs: 'mean' (F32 [1, 3]), 'copy' (F32 [1, 3]). Name the embedding by --graph-output" },
        { "int output", "'mean' (I64 [1, 3]) is no embedding" },
        { "batch of 8", "filled up with blank images by --fixed-batch" },
        { "four channels", "has 4 channels as NCHW" },
        { "open size", "for example --input 224x224, or a --preset" },
        { "no shape", "name them by --layout" },
        { "loop", "it has a Loop" },
        { "unknown", "ONNX Runtime refuses it: " },
        { "nan", "embedding of a test picture is NaN at 0. Whether pixels are what it wants is decided by --pixels" },
        { "zero", "is zero throughout" },
        { "tokens", "say by --tokens" },
        { "fails", "it does not embed a test picture of 8 x 8" },
        { "huge side", "a side of 5000 pixels; at most 4096" },
    };

    [Theory]
    [MemberData(nameof(Graphs))]
    public void Import_ABadGraph_IsRefusedNamingTheFact(string kind, string fact)
    {
        CheckpointException e = Refused(Make(kind), new ImportOptions { Graph = new GraphOptions { Preset = "none" } });
        Assert.Contains(fact, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_APresetThatDoesNotFit_NamesBothSizesAndTheWayOut()
    {
        CheckpointException e = Refused(
            TestGraphs.Mean(1), new ImportOptions { Graph = new GraphOptions { Preset = "osnet" } });
        Assert.Contains("8 x 8 (height x width), while the preset osnet has 256 x 128", e.Message,
            StringComparison.Ordinal);
        Assert.Contains("--input 8x8", e.Message, StringComparison.Ordinal);

        e = Refused(TestGraphs.Mean(1), new ImportOptions { Graph = new GraphOptions { Preset = "vgg" } });
        Assert.Contains("no preset 'vgg'; clip, dinov2, arcface, osnet and none are", e.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("output", "it has no output 'nothing' (--graph-output); it has 'mean'")]
    [InlineData("size", "its input is 8 x 8 (height x width), not 9 x 9: leave out --input")]
    [InlineData("architecture", "--architecture, --last-stride, --stem-relu and --half are for checkpoints")]
    public void Import_OptionsThatContradictTheFile_AreRefused(string kind, string fact)
    {
        ImportOptions options = kind switch
        {
            "output" => new ImportOptions { Graph = new GraphOptions { Output = "nothing" } },
            "size" => new ImportOptions { InputHeight = 9, InputWidth = 9 },
            _ => new ImportOptions { Architecture = "resnet50" },
        };
        Assert.Contains(fact, Refused(TestGraphs.Mean(1), options).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_GraphOptionsForACheckpoint_AreRefused()
    {
        string path = _folder.File("checkpoint.safetensors");
        SafetensorsFile.Write(
            path, [SafetensorsTensor.Of("conv1.weight", [1], [1])], new Dictionary<string, string>());
        CheckpointException e = Assert.Throws<CheckpointException>(() => new ModelStore(_folder.File("models")).Import(
            path, new ImportOptions { Graph = new GraphOptions { Preset = "clip" } }));
        Assert.Contains("are for ONNX and TorchScript files", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_AProgramWithoutTrust_IsNotRun()
    {
        string path = _folder.File("program.pt");
        TestGraphs.Script(path);
        CheckpointException e = Assert.Throws<CheckpointException>(
            () => new ModelStore(_folder.File("models")).Import(path));
        Assert.Contains("say so by --trust", e.Message, StringComparison.Ordinal);

        e = Assert.Throws<CheckpointException>(() => new ModelStore(_folder.File("models")).Load(path));
        Assert.Contains("--trust", e.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("models")));
    }

    public void Dispose() => _folder.Dispose();

    private CheckpointException Refused(OnnxFile file, ImportOptions options)
    {
        File.WriteAllBytes(_folder.File("graph.onnx"), file.ToArray());
        CheckpointException e = Assert.Throws<CheckpointException>(
            () => new ModelStore(_folder.File("models")).Import(_folder.File("graph.onnx"), options));
        Assert.False(Directory.Exists(_folder.File("models")));
        return e;
    }

    private static OnnxFile Make(string kind) => kind switch
    {
        "int" => Output(Input(OnnxFile.I64, 1, 3, 8, 8)),
        "text" => Output(Input(OnnxFile.Text, 1, 3, 8, 8)),
        "vector" => Output(Input(OnnxFile.F32, 1, 3)),
        "two inputs" => TestGraphs.Mean(1).Input("more", OnnxFile.F32, 1, 3, 8, 8),
        "two outputs" => TestGraphs.Mean(1).Output("copy", OnnxFile.F32, 1, 3).Node("Identity", "mean", "copy"),
        "int output" => Input(OnnxFile.F32, 1, 3, 8, 8).Output("mean", OnnxFile.I64, 1, 3),
        "batch of 8" => TestGraphs.Mean(8),
        "four channels" => Output(Input(OnnxFile.F32, 1, 4, 8, 8)),
        "open size" => Output(Input(OnnxFile.F32, 1, 3, "height", "width")),
        "no shape" => Shapeless(),
        "loop" => TestGraphs.Mean(1).Node("Loop", "a,b", "c", OnnxFile.Attribute("body", new ProtoMessage())),
        "unknown" => Input(OnnxFile.F32, 1, 3, 8, 8).Output("mean", OnnxFile.F32, 1, 3)
            .Node("Frobnicate", "image", "mean"),
        "nan" => Scaled(float.NaN),
        "zero" => Scaled(0),
        "tokens" => TestGraphs.Tokens(),
        "fails" => Input(OnnxFile.F32, "batch", 3, 8, 8).Output("mean", OnnxFile.F32, "batch", 7)
            .Integers("shape", 1, 7).Node("Reshape", "image,shape", "mean"),
        "huge side" => Output(Input(OnnxFile.F32, 1, 3, 5000, 5000)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown"),
    };

    private static OnnxFile Input(int type, params object[] axes) => new OnnxFile().Input("image", type, axes);

    private static OnnxFile Output(OnnxFile file) =>
        file.Output("mean", OnnxFile.F32, 1, 3).Node("Identity", "image", "mean");

    private static OnnxFile Scaled(float factor) => Input(OnnxFile.F32, 1, 3, 8, 8)
        .Output("map", OnnxFile.F32, 1, 3, 8, 8).Weight("factor", [1], factor).Node("Mul", "image,factor", "map");

    private static OnnxFile Shapeless()
    {
        OnnxFile file = new();
        ProtoMessage type = new ProtoMessage().Message(1, new ProtoMessage().Number(1, OnnxFile.F32));
        file.Graph.Message(11, new ProtoMessage().Text(1, "image").Message(2, type));
        return Output(file);
    }
}
