using OrleansGallery.Offline;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Offline;

/// <summary>Manifests in both forms, with all that a line can say.</summary>
public sealed class ManifestTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(
        "identity,path,takenAt,imageId,facet,attributes,note",
        """anna,a.jpg,2026-11-28T09:30:00,first,c1,"{""colour"":""red, blue""}",passed over""",
        "bob,b.jpg,,,,,")]
    [InlineData(
        """
        {"identity":"anna","path":"a.jpg","takenAt":"2026-11-28T10:30:00+01:00","imageId":"first","facet":"c1",
        """,
        """
         "attributes":{"colour":"red, blue"},"note":["passed over"]}
        """,
        """
        {"path":"b.jpg","identity":"bob"}
        """)]
    public void Read_EveryField_IsTheSameInBothForms(string one, string two, string three)
    {
        bool isJson = one.StartsWith('{');
        File.WriteAllLines(
            _folder.File("m"), isJson ? [one.TrimEnd() + two.Trim(), string.Empty, three] : [one, two, three]);
        DataSplits splits = ManifestLayout.Read(_folder.File("m"));
        Assert.Null(splits.Gallery);
        DataImage[] images = [.. splits.Train!.Images];
        Assert.Equal(
            [("anna", "a.jpg", "c1", "first"), ("bob", "b.jpg", "", null)],
            images.Select(image => (image.Identity, image.Path, image.Facet, image.ImageId)));
        Assert.Equal(
            [new DateTimeOffset(2026, 11, 28, 9, 30, 0, TimeSpan.Zero), null], images.Select(image => image.TakenAt));
        Assert.Equal("red, blue", images[0].Attributes["colour"]);
        Assert.Empty(images[1].Attributes);
    }

    [Theory]
    [InlineData("line 2", "takenAt is '28/11/2026'", "path,identity,takenAt", "a.jpg,x,28/11/2026")]
    [InlineData("line 2", "red", "path,identity,attributes", "a.jpg,x,red")]
    [InlineData("line 2", "an object is expected", """{"path":"a","identity":"x"}""", "null")]
    [InlineData("line 2", "a.jpg", """{"path":"a","identity":"x"}""", "a.jpg,x")]
    [InlineData("line 1", "identity", """{"path":"a"}""")]
    [InlineData("line 1", "dev", """{"path":"a","identity":"x","split":"dev"}""")]
    [InlineData("line 1", "identity", """{"path":"a","identity":17}""")]
    public void Read_WrongLine_IsNamedWithWhatItSays(string where, string what, params string[] lines)
    {
        File.WriteAllLines(_folder.File("m"), lines);
        string message = Assert.Throws<InvalidDataException>(() => ManifestLayout.Read(_folder.File("m"))).Message;
        Assert.Contains(where, message, StringComparison.Ordinal);
        Assert.Contains(what, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_GalleryWithoutQueries_IsAPartOfItsOwn()
    {
        File.WriteAllLines(_folder.File("m"), ["path,identity,split", "a.jpg,x,gallery", "b.jpg,x,train"]);
        DataSplits splits = ManifestLayout.Read(_folder.File("m"));
        Assert.Equal(("a.jpg", null), (Assert.Single(splits.Gallery!.Images).Path, splits.Query));
    }
}
