using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Fixtures;

/// <summary>A folder of small pictures, each of its own, that goes with the test.</summary>
internal sealed class PictureFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Models => _folder.File("models");

    public string File(string name) => _folder.File(name);

    /// <summary>Draws one: of a first folder's name the colour, of the path the pattern.</summary>
    public void Add(string root, params string[] paths)
    {
        foreach (string path in paths)
        {
            string file = File($"{root}/{path}");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            int level = path[0] * 37 % 256;
            int period = 40 + (path.Sum(letter => letter) % 40);
            byte[] rgb = [.. Enumerable.Range(0, 32 * 32 * 3)
                .Select(p => (byte)(p % 3 == 0 ? level : p * 7 % period))];
            System.IO.File.WriteAllBytes(file, PngFile.Rgb(32, 32, rgb));
        }
    }

    public void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File(path))!);
        System.IO.File.WriteAllBytes(File(path), content);
    }

    public void Dispose() => _folder.Dispose();
}
