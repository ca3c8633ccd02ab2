using System.IO.Compression;
using System.Text;
using OrleansGallery.Testing;

namespace OrleansGallery.TorchTests.Graphs;

/// <summary>Graphs whose embedding is the mean of each channel, so that it can be calculated by hand.</summary>
internal static class TestGraphs
{
    public const int Side = 8;

    /// <summary>[batch, 3, 8, 8] to [batch, 3].</summary>
    /// <param name="batch">A number, or a name for any.</param>
    public static OnnxFile Mean(object batch) => new OnnxFile()
        .Input("image", OnnxFile.F32, batch, 3, Side, Side)
        .Output("mean", OnnxFile.F32, batch, 3)
        .Node("ReduceMean", "image", "mean", OnnxFile.Attribute("axes", 2, 3), Flag("keepdims", 0));

    /// <summary>[batch, 8, 8, 3] to [batch, 3].</summary>
    public static OnnxFile LastMean() => new OnnxFile()
        .Input("image", OnnxFile.F32, "batch", Side, Side, 3)
        .Output("mean", OnnxFile.F32, "batch", 3)
        .Node("ReduceMean", "image", "mean", OnnxFile.Attribute("axes", 1, 2), Flag("keepdims", 0));

    /// <summary>The image itself as a map [batch, 3, 8, 8].</summary>
    public static OnnxFile Map() => new OnnxFile()
        .Input("image", OnnxFile.F32, "batch", 3, Side, Side)
        .Output("map", OnnxFile.F32, "batch", 3, Side, Side)
        .Node("Identity", "image", "map");

    /// <summary>[batch, 3, 8, 8] to [batch, 3, 64]: three tokens of a plane each.</summary>
    public static OnnxFile Tokens() => new OnnxFile()
        .Input("image", OnnxFile.F32, "batch", 3, Side, Side)
        .Output("tokens", OnnxFile.F32, "batch", 3, Side * Side)
        .Integers("shape", 0, 3, Side * Side)
        .Node("Reshape", "image,shape", "tokens");

    public static ProtoMessage Flag(string name, long value) =>
        new ProtoMessage().Text(1, name).Number(3, value).Number(20, 2);

    /// <summary>A TorchScript program of the mean, as torch.jit.save writes it.</summary>
    public static void Script(string path)
    {
        const string Pickle = "gAJjX190b3JjaF9fCk0KcQApgX0oWAgAAAB0cmFpbmluZ3EBiFgWAAAAX2lzX2Z1bGxfYmFja3dhcmRfaG9va3EC"
            + "TnVicQMu";
        const string Code = "class M(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
            + "  _is_full_backward_hook : Optional[bool]\n  def forward(self: __torch__.M,\n    x: Tensor) -> Tensor:\n"
            + "    return torch.mean(x, [2, 3])\n";
        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string name, byte[] content) in ((string, byte[])[])
        [
            ("data.pkl", Convert.FromBase64String(Pickle)), ("code/__torch__.py", Encoding.UTF8.GetBytes(Code)),
            ("constants.pkl", Convert.FromBase64String("gAIpLg==")), ("version", "3\n"u8.ToArray()),
        ])
        {
            using Stream entry = archive.CreateEntry($"archive/{name}", CompressionLevel.NoCompression).Open();
            entry.Write(content);
        }
    }
}
