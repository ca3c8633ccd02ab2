using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace OrleansGallery.Inference.Checkpoints;

/// <summary>Moves weights between a network and a safetensors file.</summary>
public static class NetworkWeights
{
    private const string BatchCounter = "num_batches_tracked";
    private const string UnusedClassifier = "backbone.base.fc."; // Of split residual networks; never applied.
    private const int ShownDifferences = 4;

    /// <summary>
    /// Loads every parameter and buffer of a network. Tensors that the network has no use for (a classifier, class
    /// centers) are left out; counters of training batches may be missing.
    /// </summary>
    /// <param name="network">The network, on the CPU.</param>
    /// <param name="file">The file.</param>
    /// <exception cref="CheckpointException">A tensor is missing or has another shape, and nothing was loaded; or a
    /// weight is NaN or infinite.</exception>
    public static void Load(nn.Module network, SafetensorsFile file)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(file);
        IReadOnlyList<(string Name, Tensor Value)> state = NetworkState.Of(network);
        List<string> differences = [.. state.Select(item => Difference(item.Name, item.Value, file)).OfType<string>()];
        if (differences.Count > 0)
        {
            string rest = differences.Count > ShownDifferences
                ? $" and {differences.Count - ShownDifferences} more"
                : string.Empty;
            throw new CheckpointException(
                file.Path,
                $"it does not fit the network {network.GetName()} of {state.Count} tensors: "
                + $"{string.Join("; ", differences.Take(ShownDifferences))}{rest}.");
        }

        using IDisposable mode = no_grad();
        foreach ((string name, Tensor target) in state)
        {
            if (file.Find(name) is { } entry)
            {
                using Tensor source = Read(file, entry);
                using Tensor singles = source.to(ScalarType.Float32, copy: true);
                FiniteWeights.Require(
                    file.Path, name, entry.Shape, MemoryMarshal.Cast<byte, float>(singles.bytes));
                target.copy_(source);
            }
        }
    }

    /// <summary>Reads one tensor.</summary>
    /// <param name="file">The file.</param>
    /// <param name="entry">One of its entries.</param>
    /// <returns>A tensor of the entry's type and shape on the CPU; the caller disposes of it.</returns>
    public static Tensor Read(SafetensorsFile file, SafetensorsEntry entry)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(entry);
        TorchRuntime.EnsureLoaded();
        Tensor tensor = empty([.. entry.Shape], ScalarTypeOf(entry.Type));
        file.Read(entry, tensor.bytes);
        return tensor;
    }

    /// <summary>Copies a network's parameters and buffers, in the order they are registered.</summary>
    /// <param name="network">The network, on any device.</param>
    /// <param name="half">Whether float32 numbers are rounded to float16, which halves the file; a tensor with numbers
    /// beyond its range is left as it is.</param>
    /// <returns>The tensors for a <see cref="SafetensorsFile"/>.</returns>
    public static IReadOnlyList<SafetensorsTensor> Copy(nn.Module network, bool half = false)
    {
        ArgumentNullException.ThrowIfNull(network);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable mode = no_grad();
        return [.. NetworkState.Of(network).Select(item =>
        {
            Tensor value = item.Value.detach().cpu().contiguous();
            if (half && value.dtype == ScalarType.Float32)
            {
                Tensor rounded = value.to(ScalarType.Float16);
                value = rounded.isfinite().all().bytes[0] != 0 ? rounded : value;
            }

            return new SafetensorsTensor(item.Name, TypeOf(value.dtype), value.shape, value.bytes.ToArray());
        })];
    }

    private static string? Difference(string name, Tensor target, SafetensorsFile file)
    {
        if (file.Find(name) is not { } entry)
        {
            return IsOptional(name) ? null : $"'{name}' is missing";
        }

        return entry.Shape.SequenceEqual(target.shape)
            ? null
            : $"'{name}' is [{string.Join(", ", entry.Shape)}] instead of [{string.Join(", ", target.shape)}]";
    }

    /// <summary>
    /// Whether a network runs without this tensor of its state: counters of batches, the unused classifier.
    /// </summary>
    internal static bool IsOptional(string name) =>
        name.EndsWith(BatchCounter, StringComparison.Ordinal)
            || name is $"{UnusedClassifier}weight" or $"{UnusedClassifier}bias";

    private static ScalarType ScalarTypeOf(SafetensorsType type) => type switch
    {
        SafetensorsType.F32 => ScalarType.Float32,
        SafetensorsType.F16 => ScalarType.Float16,
        SafetensorsType.BF16 => ScalarType.BFloat16,
        SafetensorsType.F64 => ScalarType.Float64,
        SafetensorsType.I64 => ScalarType.Int64,
        SafetensorsType.I32 => ScalarType.Int32,
        SafetensorsType.I16 => ScalarType.Int16,
        SafetensorsType.I8 => ScalarType.Int8,
        SafetensorsType.U8 => ScalarType.Byte,
        SafetensorsType.BOOL => ScalarType.Bool,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown element type."),
    };

    private static SafetensorsType TypeOf(ScalarType type) => type switch
    {
        ScalarType.Float32 => SafetensorsType.F32,
        ScalarType.Float16 => SafetensorsType.F16,
        ScalarType.BFloat16 => SafetensorsType.BF16,
        ScalarType.Float64 => SafetensorsType.F64,
        ScalarType.Int64 => SafetensorsType.I64,
        ScalarType.Int32 => SafetensorsType.I32,
        ScalarType.Int16 => SafetensorsType.I16,
        ScalarType.Int8 => SafetensorsType.I8,
        ScalarType.Byte => SafetensorsType.U8,
        ScalarType.Bool => SafetensorsType.BOOL,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "safetensors has no such element type."),
    };
}
