using OrleansGallery.Onnx;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Onnx;

/// <summary>The reader of ONNX files: what it finds, and that nothing a file says costs more than the file.</summary>
public sealed class OnnxModelTests
{
    [Fact]
    public void Read_AGraph_FindsInputsOutputsNodesAndWeights()
    {
        OnnxModel model = OnnxModel.Read(Scaled().ToArray());

        Assert.Equal(("tests 1", 8L, 13L), (model.Producer, model.FormatVersion, model.Opset));
        Assert.Equal("'image' (F32 [batch, 3, 4, 4])", Assert.Single(model.Inputs).ToString());
        Assert.Equal("'scaled' (F32 [batch, 3, 4, 4])", Assert.Single(model.Outputs).ToString());
        Assert.Equal(new OnnxNode("Mul", string.Empty, false), Assert.Single(model.Nodes));
        OnnxTensor weight = Assert.Single(model.Weights);
        Assert.Equal(("scale", OnnxElement.F32), (weight.Name, weight.Element));
        Assert.Equal(BitConverter.GetBytes(2f), weight.Data!.Value.ToArray());
    }

    [Fact]
    public void Read_AWeightAmongTheInputs_IsNoInput()
    {
        // As files before format version 4 have it.
        OnnxModel model = OnnxModel.Read(Scaled().Input("scale", OnnxFile.F32, 1).ToArray());
        Assert.Equal("image", Assert.Single(model.Inputs).Name);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_NumbersInTheFieldOfFloats_AreThoseOfTheTensor(bool packed)
    {
        ProtoMessage tensor = new ProtoMessage().Numbers(1, 2).Number(2, OnnxFile.F32).Text(8, "w");
        if (packed)
        {
            tensor.Bytes(4, [.. BitConverter.GetBytes(3f), .. BitConverter.GetBytes(4f)]);
        }
        else
        {
            tensor.Fixed(4, 3f).Fixed(4, 4f);
        }

        OnnxFile file = Scaled();
        file.Graph.Message(5, tensor);

        byte[] data = OnnxModel.Read(file.ToArray()).Weights[1].Data!.Value.ToArray();
        Assert.Equal((3f, 4f), (BitConverter.ToSingle(data), BitConverter.ToSingle(data, 4)));
    }

    [Fact]
    public void Read_EveryTruncation_IsRefusedOrWhole()
    {
        byte[] whole = Scaled().ToArray();
        for (int length = 0; length < whole.Length; length++)
        {
            try
            {
                // What was cut between two fields is whole.
                Assert.NotNull(OnnxModel.Read(whole.AsMemory(0, length)));
            }
            catch (OnnxException exception)
            {
                Assert.StartsWith("it ", exception.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Read_RandomChanges_AreRefusedOrRead()
    {
        byte[] whole = Scaled().ToArray();
        Random random = new(1);
        int refused = 0;
        for (int i = 0; i < 50_000; i++)
        {
            byte[] changed = [.. whole];
            for (int n = random.Next(1, 4); n > 0; n--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            try
            {
                OnnxModel.Read(changed);
            }
            catch (OnnxException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 10_000, 49_999);
    }

    [Fact]
    public void Read_ALengthBeyondTheFile_AllocatesNothingOfIt()
    {
        byte[] lies = [.. new ProtoMessage().Number(1, 8).ToArray(), 0x3a, 0xff, 0xff, 0xff, 0xff, 0x07];
        long before = GC.GetAllocatedBytesForCurrentThread();
        OnnxException e = Assert.Throws<OnnxException>(() => OnnxModel.Read(lies));
        Assert.Contains("cut short or damaged", e.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Read_AShapeOfFourGigabytes_IsRefusedWithBothLengths()
    {
        OnnxFile file = Scaled();
        file.Graph.Message(5, OnnxFile.Tensor("huge", [1L << 30, 1], 1f));
        OnnxException e = Assert.Throws<OnnxException>(() => OnnxModel.Read(file.ToArray()));
        Assert.Contains("'huge' of shape [1073741824, 1] takes 4294967296 bytes and has 4", e.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AShapeOfAThousandAxes_IsRefusedBeforeItIsRead()
    {
        OnnxFile file = Scaled();
        file.Graph.Message(5, OnnxFile.Tensor("long", [.. Enumerable.Repeat(1L, 1000)], 1f));
        OnnxException e = Assert.Throws<OnnxException>(() => OnnxModel.Read(file.ToArray()));
        Assert.Contains("more than 16 numbers", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WeightsInAnotherFile_AreRefusedWithAWayOut()
    {
        ProtoMessage place = new ProtoMessage().Text(1, "location").Text(2, "/etc/passwd");
        OnnxFile file = Scaled();
        file.Graph.Message(5, new ProtoMessage().Numbers(1, 4).Number(2, OnnxFile.F32).Text(8, "w")
            .Message(13, place).Number(14, 1));
        OnnxException e = Assert.Throws<OnnxException>(() => OnnxModel.Read(file.ToArray()));
        Assert.Contains("'w' lies in another file", e.Message, StringComparison.Ordinal);
        Assert.Contains("onnx.save", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WeightsInAnotherFileWithinALoop_AreRefused()
    {
        ProtoMessage body = new ProtoMessage().Message(5, new ProtoMessage().Text(8, "inner").Number(14, 1));
        OnnxFile file = Scaled().Node("Loop", "a,b", "c", OnnxFile.Attribute("body", body));
        Assert.Contains(
            "'inner' lies in another file",
            Assert.Throws<OnnxException>(() => OnnxModel.Read(file.ToArray())).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_GraphsInOneAnother_AreCountedAndBounded()
    {
        ProtoMessage graph = new ProtoMessage().Message(1, new ProtoMessage().Text(4, "Add"));
        OnnxModel model = OnnxModel.Read(
            Scaled().Node("If", "a", "b", OnnxFile.Attribute("then_branch", graph)).ToArray());
        Assert.Equal(["Mul", "Add", "If"], model.Nodes.Select(node => node.Operator));
        Assert.True(model.Nodes[2].HasGraph);

        for (int i = 0; i < 20; i++)
        {
            graph = new ProtoMessage().Message(
                1, new ProtoMessage().Text(4, "If").Message(5, OnnxFile.Attribute("then_branch", graph)));
        }

        OnnxFile deep = Scaled().Node("If", "a", "b", OnnxFile.Attribute("then_branch", graph));
        Assert.Contains(
            "more than 8 deep",
            Assert.Throws<OnnxException>(() => OnnxModel.Read(deep.ToArray())).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AWeightTwice_IsRefused()
    {
        OnnxFile file = Scaled().Weight("scale", [1], 3f);
        Assert.Contains(
            "'scale' twice",
            Assert.Throws<OnnxException>(() => OnnxModel.Read(file.ToArray())).Message,
            StringComparison.Ordinal);
    }

    private static OnnxFile Scaled() => new OnnxFile()
        .Input("image", OnnxFile.F32, "batch", 3, 4, 4)
        .Output("scaled", OnnxFile.F32, "batch", 3, 4, 4)
        .Weight("scale", [1], 2f)
        .Node("Mul", "image,scale", "scaled");
}
