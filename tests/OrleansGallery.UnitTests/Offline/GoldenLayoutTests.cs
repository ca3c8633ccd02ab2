using System.Globalization;
using System.Text.Json;
using OrleansGallery.Offline;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Offline;

/// <summary>The reference's loaders on made-up names and annotations.</summary>
[Trait("Category", "Golden")]
public sealed class GoldenLayoutTests
{
    [Fact]
    public void ReId_EveryGoldenFolder_GivesTheReferencesIdentitiesAndCameras()
    {
        foreach (string path in Goldens.Find("re-identification file names", "misc", "reid_filename_parsing*.json"))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            foreach ((string name, ReIdLayout layout) in new[]
            {
                ("market1501", ReIdLayout.Market1501), ("dukemtmcreid", ReIdLayout.DukeMtmcReId),
            })
            {
                using TemporaryFolder folder = new();
                // The reference reads .jpg alone; here every image is read.
                foreach (string file in document.RootElement.GetProperty($"{name}_files").EnumerateArray()
                    .Select(file => file.GetString()!).Where(file => file.EndsWith(".jpg", StringComparison.Ordinal)))
                {
                    ImageStub.Write(folder.File(file));
                }

                IReadOnlyList<DataImage> images = layout.ReadSet(folder.Root).Images;
                Assert.Equal(
                    document.RootElement.GetProperty($"{name}_test").EnumerateArray().Select(Describe),
                    images.Select(image => (
                        image.Path,
                        int.Parse(image.Identity, CultureInfo.InvariantCulture),
                        int.Parse(image.Facet[1..], CultureInfo.InvariantCulture) - 1)));
                // Training labels may be numbered otherwise (the reference's follow a set's order): same groups,
                // though.
                int[] labels = [.. document.RootElement.GetProperty($"{name}_train_relabel").EnumerateArray()
                    .Select(item => item.GetProperty("pid").GetInt32())];
                Assert.Equal(Groups(labels), Groups([.. images.Select(image => image.Identity)]));
            }
        }
    }

    [Fact]
    public void Coco_EveryGoldenFile_GivesTheReferencesImages()
    {
        foreach (string path in Goldens.Find("COCO-like annotations", "misc", "coco_reid_loading*.json"))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            using TemporaryFolder folder = new();
            foreach (string part in new[] { "train", "query", "gallery" })
            {
                File.WriteAllText(
                    folder.File($"{part}_set.json"),
                    document.RootElement.GetProperty(part).GetProperty("json").GetRawText());
            }

            DataSplits splits = CocoLayout.Read(folder.Root, folder.File("train_set.json"));
            Check(document.RootElement, "train", splits.Train!, relabelled: true);
            Check(document.RootElement, "query", splits.Query!, relabelled: false);
            Check(document.RootElement, "gallery", splits.Gallery!, relabelled: false);
        }
    }

    private static void Check(JsonElement root, string part, ImageSet set, bool relabelled)
    {
        Dictionary<string, int> numbers = set.ByIdentity().Index()
            .ToDictionary(item => item.Item.Identity, item => item.Index);
        Assert.Equal(
            root.GetProperty(part).GetProperty("expected").EnumerateArray().Select(item => (
                Path.GetFileName(item.GetProperty("path").GetString()!),
                item.GetProperty("label").GetInt32(),
                item.GetProperty("camid").GetInt32())),
            set.Images.Select(image => (
                image.Path,
                relabelled ? numbers[image.Identity] : int.Parse(image.Identity, CultureInfo.InvariantCulture),
                int.Parse(image.Facet, CultureInfo.InvariantCulture))));
    }

    private static (string, int, int) Describe(JsonElement item) => (
        item.GetProperty("file").GetString()!, item.GetProperty("pid").GetInt32(),
            item.GetProperty("camid").GetInt32());

    private static int[] Groups<T>(T[] labels)
        where T : notnull
    {
        Dictionary<T, int> numbers = [];
        return [.. labels.Select(label =>
        {
            numbers.TryAdd(label, numbers.Count);
            return numbers[label];
        })];
    }
}
