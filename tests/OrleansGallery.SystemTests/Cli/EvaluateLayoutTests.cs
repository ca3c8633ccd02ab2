using System.Text.Json;
using OrleansGallery.Cli;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Cli;

/// <summary><c>gallery evaluate images --layout</c> on data sets of the published forms.</summary>
public sealed class EvaluateLayoutTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Evaluate_Market1501_LeavesOutTheQuerysCameraAndJunk()
    {
        Directory.CreateDirectory(_folder.File("market1501/bounding_box_train"));
        Picture("market1501/query/0001_c1s1_000001_00.jpg", 200);
        Picture("market1501/bounding_box_test/0001_c1s1_000002_00.jpg", 200);
        Picture("market1501/bounding_box_test/0001_c2s1_000003_00.jpg", 190);
        Picture("market1501/bounding_box_test/0000_c3s1_000004_00.jpg", 20);
        Picture("market1501/bounding_box_test/-1_c3s1_000005_00.jpg", 60);
        (JsonElement root, string error) = await EvaluateAsync("market1501", _folder.Root);
        Assert.Equal("reid", root.GetProperty("protocol").GetString());
        // Two images and a distractor; of one identity is a centroid, of its second camera.
        Assert.Equal((3, 1), (Gallery(root, "instance"), Gallery(root, "centroid")));
        Assert.Equal(1, root.GetProperty("centroid").GetProperty("queries").GetInt32());
        Assert.Contains("1 files of", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_Coco_ReadsQueryAndGalleryBesideTheTrainFile()
    {
        foreach (string part in (string[])["train", "query", "gallery"])
        {
            Picture($"images/{part}/a.png", 200);
            Picture($"images/{part}/b.png", 20);
            File.WriteAllText(_folder.File($"{part}.json"), """
                {"images":[{"id":1,"file_name":"a.png"},{"id":2,"file_name":"b.png"}],
                 "annotations":[{"image_id":1,"pair_id":7},{"image_id":2,"pair_id":8}]}
                """);
        }

        (JsonElement root, _) = await EvaluateAsync(
            "coco", _folder.File("images"), "--train-json", _folder.File("train.json"));
        Assert.Equal("fashion", root.GetProperty("protocol").GetString());
        Assert.Equal((2, 2), (Gallery(root, "instance"), Gallery(root, "centroid")));
        Assert.Equal(1, root.GetProperty("instance").GetProperty("mAP").GetDouble());
    }

    private static int Gallery(JsonElement root, string mode) =>
        root.GetProperty(mode).GetProperty("gallery").GetInt32();

    private void Picture(string path, int level)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(path))!);
        byte[] rgb = [.. Enumerable.Range(0, 32 * 32 * 3).Select(p => (byte)(p % 3 == 0 ? level : p * 7 % 60))];
        File.WriteAllBytes(_folder.File(path), PngFile.Rgb(32, 32, rgb));
    }

    private async Task<(JsonElement Root, string Error)> EvaluateAsync(
        string layout, string data, params string[] more)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = await CommandLine.RunAsync(
            ["evaluate", "images", "--checkpoint", "default", "--models", _folder.File("models"), "--layout", layout,
                "--data", data, "--json", .. more],
            TextWriter.Synchronized(output),
            TextWriter.Synchronized(error));
        Assert.True(code == 0, error.ToString());
        using JsonDocument document = JsonDocument.Parse(output.ToString());
        return (document.RootElement.Clone(), error.ToString());
    }
}
