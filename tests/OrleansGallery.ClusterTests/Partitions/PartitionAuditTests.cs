using System.Security.Cryptography;
using OrleansGallery.Grains;
using OrleansGallery.Storage;

namespace OrleansGallery.ClusterTests;

/// <summary>What a verification says of pictures that are not as they were written.</summary>
public sealed class PartitionAuditTests
{
    private static readonly byte[] Original = [4, 5, 6];
    private static readonly StoredPicture Whole = StoredPicture.Of([1, 2, 3], Original);

    [Fact]
    public void OnImage_PicturesAsWritten_NotesNothing()
    {
        Assert.Empty(Differences(Whole, keepsOriginals: true));
        Assert.Empty(Differences(Whole with { Original = null }, keepsOriginals: false));
        Assert.Empty(Differences(null, keepsOriginals: true, hasPicture: false));
    }

    [Fact]
    public void OnImage_MissingOrAlteredPicture_NotesWhichAndWhat()
    {
        Assert.Equal(Said("its thumbnail is missing"), Differences(null, keepsOriginals: false));
        Assert.Equal(
            Said("its thumbnail is not what was written"),
            Differences(Whole with { Thumbnail = [1, 2, 4] }, keepsOriginals: true));
        Assert.Equal(
            Said("its original is missing"), Differences(Whole with { Original = null }, keepsOriginals: true));
        Assert.Equal(
            Said("its original is not what its content hash says"),
            Differences(Whole with { Original = [4, 5] }, keepsOriginals: true));
    }

    private static string[] Said(string fault) => [$"Identity 'p', image 'i': {fault}."];

    private static IEnumerable<string> Differences(
        StoredPicture? picture, bool keepsOriginals, bool hasPicture = true)
    {
        PartitionAudit audit = new(2, keepsOriginals);
        audit.OnImage("p", new StoredImage
        {
            ImageId = "i",
            Facet = string.Empty,
            ContentHash = SHA256.HashData(Original),
            Embedding = [.. BitConverter.GetBytes(1f), .. BitConverter.GetBytes(2f)],
            HasPicture = hasPicture,
            Picture = picture,
        });

        // The identity itself was not given, which is noted, too.
        return audit.Finish().Differences.Where(difference => difference.Contains("image '", StringComparison.Ordinal));
    }
}
