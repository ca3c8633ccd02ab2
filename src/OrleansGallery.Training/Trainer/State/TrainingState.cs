using System.Globalization;
using System.Text.Json;
using OrleansGallery.Inference.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace OrleansGallery.Training;

/// <summary>
/// A run's whole state as one safetensors file, replaced by rename after it is on disk: a run that is killed, or finds
/// the disk full, goes on from the file before. All random numbers are a function of the seed and the position.
/// </summary>
internal static class TrainingState
{
    public const string FileName = "last.safetensors";

    private const string Format = "orleans-gallery-training-1";

    /// <summary>Saves a run's state.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="position">Where the run is.</param>
    /// <param name="images">A hash of the lists of images; null: there are none.</param>
    public static void Save(
        string path, TrainingModel model, TrainingOptions options, RunPosition position, string? images)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable mode = no_grad();
        SafetensorsTensor[] tensors = [.. model.State().Select(item => ToSafetensors(item.Name, item.Value))];
        Dictionary<string, string> notes = new()
        {
            ["format"] = Format,
            ["position"] = JsonSerializer.Serialize(position),
            ["adam_steps"] = model.Adam.Steps.ToString(CultureInfo.InvariantCulture),
            ["options"] = TrainingConfiguration.ToJson(options),
        };
        if (images is not null)
        {
            notes["images"] = images;
        }

        SafetensorsFile.Write(path, tensors, notes);
    }

    /// <summary>Loads a state into a model made from the same options.</summary>
    /// <exception cref="InvalidDataException">It is of other options, or of another data set.</exception>
    public static RunPosition Load(string path, TrainingModel model, TrainingOptions options, string? images)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        if (file.Metadata.GetValueOrDefault("format") != Format)
        {
            throw new InvalidDataException($"'{path}' is no state of a training run.");
        }

        RunPosition position = JsonSerializer.Deserialize<RunPosition>(file.Metadata["position"])!;
        IReadOnlyList<string> differences = TrainingConfiguration.Differences(file.Metadata["options"], options);
        if (differences.Count > 0 && !OnlyTheFutureDiffers(differences, file.Metadata["options"], options, position))
        {
            throw new InvalidDataException(
                $"'{path}' is of a run with other settings of {string.Join(", ", differences)}: resume with those, or "
                + "train into another folder.");
        }

        using IDisposable mode = no_grad();
        foreach ((string name, Tensor target) in model.State())
        {
            SafetensorsEntry? entry = file.Find(name);
            if (entry is null || !entry.Shape.SequenceEqual(target.shape))
            {
                throw new InvalidDataException(
                    $"'{path}' has '{name}' as [{string.Join(", ", entry?.Shape ?? [])}], this run has "
                    + $"[{string.Join(", ", target.shape)}]: the data set has other identities than before.");
            }

            using Tensor source = NetworkWeights.Read(file, entry);
            target.copy_(source);
        }

        // States of before this was noted have none.
        if (file.Metadata.TryGetValue("images", out string? before) && before != images)
        {
            throw new InvalidDataException(
                $"'{path}' is of a run on other images than the lists have now: bring back the data as they were, or "
                + $"remove '{Path.GetDirectoryName(path)}' and train anew.");
        }

        model.Adam.Steps = long.Parse(file.Metadata["adam_steps"], CultureInfo.InvariantCulture);
        return position;
    }

    // The end of a run may be moved as long as every step done had the rate that it would have had.
    private static bool OnlyTheFutureDiffers(
        IReadOnlyList<string> differences, string json, TrainingOptions options, RunPosition position) =>
        differences.All(name => name == "epochs" || name.StartsWith("schedule.", StringComparison.Ordinal))
        && options.Epochs >= position.Epoch + (position.Batch > 0 ? 1 : 0)
        && LearningRateSchedule.Of(TrainingConfiguration.FromJson(json))
            .EqualsUntil(LearningRateSchedule.Of(options), position);

    private static SafetensorsTensor ToSafetensors(string name, Tensor tensor)
    {
        Tensor value = tensor.detach().cpu().contiguous();
        SafetensorsType type = value.dtype switch
        {
            ScalarType.Float32 => SafetensorsType.F32,
            ScalarType.Int64 => SafetensorsType.I64,
            _ => throw new InvalidOperationException($"'{name}' is {value.dtype}."),
        };
        return new SafetensorsTensor(name, type, value.shape, value.bytes.ToArray());
    }
}
