using OrleansGallery.Inference.ImageNet;

namespace OrleansGallery.Inference.Checkpoints;

/// <summary>
/// A checkpoint of any format that is read: safetensors, PyTorch's zip and legacy files, Lightning's <c>.ckpt</c>, and
/// the weights of ONNX graphs.
/// Pickles are read by a restricted reader that makes tensors and plain containers and executes nothing. Not safe for
/// use by several threads at once.
/// </summary>
public abstract class CheckpointFile : IDisposable
{
    private readonly Dictionary<string, CheckpointTensor> _byName;

    private protected CheckpointFile(
        string path,
        CheckpointFormat format,
        IReadOnlyList<CheckpointTensor> tensors,
        IReadOnlyDictionary<string, string> metadata)
    {
        Path = path;
        Format = format;
        Tensors = tensors;
        Metadata = metadata;
        _byName = tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    }

    /// <summary>The path it was opened by.</summary>
    public string Path { get; }

    /// <summary>How the file is made.</summary>
    public CheckpointFormat Format { get; }

    /// <summary>The tensors of the state dictionary, under the file's own keys, in its order.</summary>
    public IReadOnlyList<CheckpointTensor> Tensors { get; }

    /// <summary>
    /// What else the file says in plain values: safetensors' metadata, or a pickle's scalars such as <c>epoch</c> and
    /// <c>hyper_parameters.MODEL.NAME</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file; its format is told by its first bytes, not by its name.</summary>
    /// <param name="path">The file, or <see cref="ImageNetWeights.Name"/> for the weights that come with the program.
    /// </param>
    /// <returns>The open file; the caller disposes of it.</returns>
    /// <exception cref="CheckpointException">It is none of the formats, cut short, over a limit, or
    /// hostile.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CheckpointFile Open(string path)
    {
        if (path == ImageNetWeights.Name)
        {
            return ImageNetWeights.Open();
        }

        RefuseFolder(path);
        Span<byte> start = stackalloc byte[9];
        int read;
        using (FileStream stream = File.OpenRead(path))
        {
            read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        }

        return start[..read] switch
        {
            [(byte)'P', (byte)'K', 3, 4, ..] => TorchZip.Open(path),
            [0x80, <= 5, ..] => TorchLegacy.Open(path),
            _ when OnnxCheckpoint.IsOne(path, start[..read]) => OnnxCheckpoint.Open(path),
            _ => new SafetensorsCheckpoint(SafetensorsFile.Open(path)),
        };
    }

    /// <summary>Finds a tensor.</summary>
    /// <param name="name">Its key in the file.</param>
    /// <returns>The tensor, or null where there is none of this name.</returns>
    public CheckpointTensor? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Reads a tensor's elements.</summary>
    /// <param name="tensor">One of <see cref="Tensors"/>.</param>
    /// <returns>Its bytes, row-major and little-endian, whatever view of whatever storage the file has of it.</returns>
    /// <exception cref="CheckpointException">The file changed, or the tensor is too large for an array.</exception>
    public byte[] Read(CheckpointTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Length > Array.MaxLength)
        {
            throw new CheckpointException(
                Path, $"tensor '{tensor.Name}' has {tensor.Length} bytes, too many for an array.");
        }

        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)tensor.Length);
        ReadInto(tensor, bytes);
        return bytes;
    }

    /// <summary>Reads a tensor's elements as float32; wider ones are rounded.</summary>
    /// <param name="tensor">One of <see cref="Tensors"/>.</param>
    /// <returns>The numbers, row-major.</returns>
    /// <exception cref="CheckpointException">As <see cref="Read"/>.</exception>
    public float[] ReadSingles(CheckpointTensor tensor) => Elements.ToSingles(Read(tensor), tensor.Type);

    /// <summary>The SHA-256 of the whole file.</summary>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public virtual string Sha256() => FileHash.Of(Path);

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    // A folder opened as a file is "access denied", which sends people to look at permissions.
    internal static void RefuseFolder(string path)
    {
        if (Directory.Exists(path))
        {
            throw new CheckpointException(path, "it is a folder, not a file.");
        }
    }

    private protected abstract void ReadInto(CheckpointTensor tensor, Span<byte> destination);

    private protected abstract void Close();
}
