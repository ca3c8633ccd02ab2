using OrleansGallery.Offline;
using OrleansGallery.Testing;
using OrleansGallery.Training;

namespace OrleansGallery.TorchTests.Data;

public sealed class DataSetsTests
{
    [Fact]
    public void HeldOut_LastIdentities_AreTestedAndNotTrainedOn()
    {
        using TemporaryFolder folder = new();
        foreach (string file in new[] { "a/1.jpg", "b/1.jpg", "b/2.jpg", "c/1.jpg", "c/2.jpg", "c/3.jpg" })
        {
            ImageStub.Write(folder.File(file));
        }

        DataOptions options = new() { Path = folder.Root, HeldOutIdentities = 1, GalleryImages = 2 };
        using DataSplits splits = DataSets.Open(options, ".", 64);
        Assert.Equal(["a", "b", "b"], splits.Train!.Images.Select(image => image.Identity));
        Assert.Equal(["c/1.jpg", "c/2.jpg"], splits.Gallery!.Images.Select(image => image.Path));
        Assert.Equal(["c/3.jpg"], splits.Query!.Images.Select(image => image.Path));
    }
}
