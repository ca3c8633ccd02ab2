using System.Text.Json;
using OrleansGallery.Contracts;

namespace OrleansGallery.UnitTests;

/// <summary>One settings record in request, response and store.</summary>
public sealed class GallerySettingsTests
{
    private static readonly GallerySettings Chosen = new()
    {
        Model = "m", NormalizeFirst = true, Threshold = 0.25, Margin = 0.125, Transparency = "#0a0B0c",
        Keep = PictureKeep.Original,
    };

    [Fact]
    public void Serialize_RequestAndResponse_KeepEverySettingAtTheTop()
    {
        CreateGalleryRequest request = new() { Name = "a", Dimension = 4, Threshold = 0.25, Transparency = "drop" };
        GalleryResponse response = new(Chosen)
        {
            Name = "a", Dimension = 4, Partitions = 2, Identities = 0, Images = 0, RootHash = "00",
        };

        AssertFlat(
            request, ["dimension", "keep", "margin", "model", "name", "normalizeFirst", "partitions", "threshold",
                "transparency"]);
        AssertFlat(
            response, ["calibration", "createdAt", "dimension", "identities", "images", "keep", "margin", "model",
                "name", "normalizeFirst", "partitions", "pictureBytes", "rootHash", "searchBytes", "threshold",
                "transparency"]);
        Assert.Equal(Chosen, response.ToSettings());
        string json = JsonSerializer.Serialize(response, GalleryJson.Options);
        Assert.Equal(response, JsonSerializer.Deserialize<GalleryResponse>(json, GalleryJson.Options));
        Assert.NotNull(JsonSerializer.Deserialize<GalleryResponse>(
            json.Insert(1, "\"newer\":1,"), GalleryJson.Options));
    }

    [Fact]
    public void ToJson_OfARequest_HoldsTheSettingsAloneAndReadsBack()
    {
        CreateGalleryRequest request = new() { Name = "a", Dimension = 4, Model = "m", Margin = 0.5 };

        string json = request.ToJson();

        Assert.DoesNotContain("name", json, StringComparison.Ordinal);
        Assert.Equal(request.ToSettings(), GallerySettings.FromJson(json));
        Assert.Equal("white", GallerySettings.FromJson("{}").Transparency);
        Assert.Null(GallerySettings.FromJson("{}").Keep);
    }

    [Theory]
    [InlineData("""{"model":null,"newer":true}""", "newer")]
    [InlineData("""{"margin":"wide"}""", "margin")]
    [InlineData("null", "null")]
    public void FromJson_NotOurs_IsRefusedWithWhatIsWrong(string json, string expected)
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => GallerySettings.FromJson(json));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FindFault_EachRule_QuotesTheValue()
    {
        Assert.Null(Chosen.FindFault());
        Assert.Contains("1.5", (Chosen with { Threshold = 1.5 }).FindFault(), StringComparison.Ordinal);
        Assert.Contains("NaN", (Chosen with { Threshold = double.NaN }).FindFault(), StringComparison.Ordinal);
        Assert.Contains("-0.5", (Chosen with { Margin = -0.5 }).FindFault(), StringComparison.Ordinal);
        Assert.Contains("'red'", (Chosen with { Transparency = "red" }).FindFault(), StringComparison.Ordinal);
        Assert.Contains("'#12345'", (Chosen with { Transparency = "#12345" }).FindFault(), StringComparison.Ordinal);
        Assert.NotNull((Chosen with { Transparency = null! }).FindFault());
        Assert.Contains("keep is original", (Chosen with { Model = null }).FindFault(), StringComparison.Ordinal);
        Assert.Null((Chosen with { Model = null, Keep = PictureKeep.None }).FindFault());
    }

    private static void AssertFlat(object value, string[] names)
    {
        using JsonDocument json = JsonDocument.Parse(JsonSerializer.Serialize(value, GalleryJson.Options));
        Assert.Equal(names, json.RootElement.EnumerateObject().Select(property => property.Name).Order());
    }
}
