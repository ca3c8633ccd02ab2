using System.Security.Cryptography;
using System.Text;
using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Testing;

namespace OrleansGallery.TorchTests.Checkpoints;

/// <summary>
/// Public files in the legacy format. The hash is over each tensor's name, shape and bytes, as PyTorch 1.13 reads them:
/// <c>update(f"{name}\n{','.join(shape)}\n")</c>, then <c>update(tensor.numpy().tobytes())</c>, in the file's order.
/// </summary>
public sealed class PublicWeightsTests
{
    [Theory]
    [InlineData(
        "cifar10-resnet/resnet20-12fca82f.th", 97, 271_098, 21349.562590950623, "module.conv1.weight",
        "module.linear.bias",
        "ea9da4db5ad9e2a545f92c6bddba517be848483554748521923b727ae5f8893d")]
    [InlineData(
        "osnet/osnet_x0_25_market1501.pth", 567, 593_735, 13307533.344362652, "conv1.conv.weight", "classifier.bias",
        "8467ebd3ef1286ce969be2709570b97dcda4993c06935297270faf5a8f306b01")]
    [InlineData(
        "osnet/osnet_x0_25_msmt17.pth", 567, 742_505, 15145933.892630195, "conv1.conv.weight", "classifier.bias",
        "2b99898184e1ec61feff685907703455158dbf15670b487d0e8bb361436acbbc")]
    public void Tensors_OfAPublicFile_AreThoseThatPyTorchReads(
        string name, int tensors, long elements, double magnitude, string first, string last, string hash)
    {
        string path = Path.Combine(Goldens.SharedFolder, "data", "weights", name);
        Assert.SkipUnless(File.Exists(path), $"'{path}' does not exist.");
        using CheckpointFile file = CheckpointFile.Open(path);

        Assert.Equal(CheckpointFormat.TorchLegacy, file.Format);
        Assert.Equal(tensors, file.Tensors.Count);
        Assert.Equal((first, last), (file.Tensors[0].Name, file.Tensors[^1].Name));
        Assert.Equal(elements, file.Tensors.Sum(tensor => tensor.Count));
        using IncrementalHash sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        double sum = 0;
        foreach (CheckpointTensor tensor in file.Tensors)
        {
            sha.AppendData(Encoding.UTF8.GetBytes($"{tensor.Name}\n{string.Join(',', tensor.Shape)}\n"));
            sha.AppendData(file.Read(tensor));
            sum += file.ReadSingles(tensor).Sum(value => Math.Abs((double)value));
        }

        Assert.Equal(magnitude, sum, 1e-9 * magnitude);
        Assert.Equal(hash, Convert.ToHexStringLower(sha.GetHashAndReset()));
    }
}
