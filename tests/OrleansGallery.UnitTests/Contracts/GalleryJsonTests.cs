using System.Text.Json;
using OrleansGallery.Contracts;

namespace OrleansGallery.UnitTests.Contracts;

public sealed class GalleryJsonTests
{
    [Fact]
    public void Serialize_Ack_HasTheDocumentedNamesAndValues()
    {
        IngestAck ack = new()
        {
            Seq = 17, Status = EnrolStatus.Searchable, Identity = "p 42 🦊's", ImageId = "i", Version = 9, Count = 4,
        };
        Assert.Equal(
            ("""{"seq":17,"status":"searchable","identity":"p 42 🦊's","imageId":"i","version":"""
                + """9,"count":4,"error":null}""")
                .Replace("🦊", "\\uD83E\\uDD8A", StringComparison.Ordinal),
            JsonSerializer.Serialize(ack, GalleryJson.Options));
    }

    [Fact]
    public void Serialize_Decision_IsLowerCase() =>
        Assert.Equal("\"ambiguous\"", JsonSerializer.Serialize(Decision.Ambiguous, GalleryJson.Options));

    [Fact]
    public void Serialize_Item_LeavesOutWhatIsNotGiven() => Assert.Equal(
        """{"seq":1,"identity":"a"}""",
        JsonSerializer.Serialize(new IngestItem { Seq = 1, Identity = "a" }, GalleryJson.Options));

    [Theory]
    [InlineData("""{"seq":"1"}""")]
    [InlineData("""{"seq":1.5}""")]
    [InlineData("""{"identity":"\ud800"}""")]
    [InlineData("""{"image":"%%%"}""")]
    [InlineData("""[1]""")]
    [InlineData("""{"identity":"a","identity":"b"}""")]
    [InlineData("""{"attributes":{"a":"1","a":"1"}}""")]
    public void Deserialize_WrongType_IsAJsonException(string json) =>
        Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<IngestItem>(json, GalleryJson.Options));
}
