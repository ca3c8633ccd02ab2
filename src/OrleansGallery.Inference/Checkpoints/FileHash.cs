using System.Security.Cryptography;

namespace OrleansGallery.Inference.Checkpoints;

/// <summary>A file's SHA-256, by which models and checkpoints are known.</summary>
internal static class FileHash
{
    /// <summary>Reads the file once.</summary>
    /// <param name="path">The file.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string Of(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
