using System.IO.Compression;
using OrleansGallery.Inference.Checkpoints;
using OrleansGallery.Inference.Models;

namespace OrleansGallery.Inference.Graphs;

/// <summary>Graphs that people bring, as models.</summary>
internal static class GraphImport
{
    /// <summary>Makes a model of an ONNX graph.</summary>
    public static IReadOnlyList<ImportFinding> Write(
        OnnxCheckpoint file, ImportOptions options, string name, Stream target)
    {
        GraphReading reading = new(file.Path, options);
        ModelDescription description = reading.Read(file.Model);
        return Write(file.Path, file.Content, description, reading.Findings, options, name, target);
    }

    /// <summary>Makes a model of a TorchScript program.</summary>
    public static IReadOnlyList<ImportFinding> WriteScript(
        string path, ImportOptions options, string name, Stream target)
    {
        if (!options.Graph.Trust)
        {
            throw new CheckpointException(
                path,
                "it is a TorchScript program: whoever made it decides what it does when it runs. If you trust them, "
                + "say so by --trust; otherwise bring model.state_dict() or an ONNX file.");
        }

        GraphReading reading = new(path, options);
        ModelDescription description = reading.ReadScript();
        return Write(
            path, OnnxCheckpoint.ReadFile(path), description, reading.Findings, options, name, target);
    }

    /// <summary>Whether a file is a program and no checkpoint.</summary>
    public static bool IsScript(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.ReadByte() != 'P' || stream.ReadByte() != 'K')
            {
                return false;
            }

            using ZipArchive archive = new(stream, ZipArchiveMode.Read);
            return archive.Entries.Any(entry => entry.Name == "constants.pkl");
        }
        catch (InvalidDataException)
        {
            // What is wrong with it is told by whoever reads it.
            return false;
        }
    }

    private static List<ImportFinding> Write(
        string path,
        byte[] graph,
        ModelDescription description,
        List<ImportFinding> findings,
        ImportOptions options,
        string name,
        Stream target)
    {
        if (options.Half || options.Architecture is not null || options.LastStride is not null
            || options.StemRelu is not null)
        {
            throw new CheckpointException(
                path,
                "it brings its own network: --architecture, --last-stride, --stem-relu and --half are for "
                + "checkpoints.");
        }

        string kind = description.Architecture == GraphKinds.Script ? "TorchScript" : "ONNX";
        string sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(graph));
        ModelDescription tried = GraphTrial.Run(path, graph, description, findings) with
        {
            Provenance = $"Imported from {Path.GetFileName(path)} ({kind}, SHA-256 {sha256}).",
        };
        SafetensorsTensor bytes = new(GraphModel.Tensor, SafetensorsType.U8, [graph.Length], graph);
        SafetensorsFile.Write(target, [bytes], ModelMetadata.Write(name, tried));
        return findings;
    }
}
