using System.Text;
using OrleansGallery.Offline;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Offline;

/// <summary>Labels and paths whose letters cannot be told.</summary>
public sealed class NpyTextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_BytesInsteadOfText_SaysHowToSaveThem()
    {
        string path = _folder.File("labels.npy");
        byte[] header = new NpyHeader { Type = "|S4", Shape = [1] }.ToBytes();
        File.WriteAllBytes(path, [.. header, .. Encoding.Latin1.GetBytes("jos\u00E9")]);

        foreach (Action read in (Action[])[() => NpyNumbers.ReadLabels(path), () => NpyFile.ReadText(path)])
        {
            string message = Assert.Throws<NpyException>(read).Message;
            Assert.Contains("bytes ('|S4') of an unknown encoding", message, StringComparison.Ordinal);
            Assert.Contains("numpy.char.decode", message, StringComparison.Ordinal);
        }
    }
    [Fact]
    public void ReadLabels_SeveralPerRow_AreRefusedByShape()
    {
        string path = _folder.File("labels.npy");
        NpyFile.Write(path, new NpyArray<long>([2, 2], [1, 2, 3, 4]));
        Assert.Contains(
            "(2, 2)", Assert.Throws<NpyException>(() => NpyNumbers.ReadLabels(path)).Message, StringComparison.Ordinal);
        NpyFile.Write(path, new NpyArray<long>([2, 1], [1, 2]));
        Assert.Equal([1L, 2], NpyNumbers.ReadLabels(path));
    }
}
