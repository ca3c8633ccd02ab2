using System.Text.Json;
using OrleansGallery.Contracts;

namespace OrleansGallery.UnitTests.Contracts;

public sealed class VectorJsonConverterTests
{
    private static readonly float[] Values = [0.1f, -0f, float.MaxValue, float.Epsilon, 1f / 3];

    [Fact]
    public void Write_AnyVector_IsBase64OfLittleEndianFloat32()
    {
        string json = JsonSerializer.Serialize(new EnrolImageRequest { Vector = [1f, -2f] }, GalleryJson.Options);
        string expected = Convert.ToBase64String([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]);
        Assert.Contains($"\"vector\":\"{expected}\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhatWasWritten_HasTheSameBits()
    {
        string json = JsonSerializer.Serialize(new IngestItem { Vector = Values }, GalleryJson.Options);
        Assert.Equal(Bits(Values), Bits(Read(json)!));
    }

    [Fact]
    public void Read_ArrayWithRoundTripPrecision_HasTheSameBits()
    {
        string json = JsonSerializer.Serialize(
            new ImageResponse { ImageId = "i", Facet = "", ContentHash = "", Vector = Values }, GalleryJson.Options);
        Assert.Contains("\"vector\":[", json, StringComparison.Ordinal);
        Assert.Equal(Bits(Values), Bits(Read(json)!));
    }

    [Theory]
    [InlineData("""{"vector":null}""")]
    [InlineData("""{"other":[1,{"x":[]}]}""")]
    public void Read_NoVector_IsNull(string json) => Assert.Null(Read(json));

    [Theory]
    [InlineData("""{"vector":[1,"2"]}""", "Element 1")]
    [InlineData("""{"vector":[[1]]}""", "Element 0")]
    [InlineData("""{"vector":[null]}""", "Element 0")]
    [InlineData("""{"vector":"AAA="}""", "no multiple of 4")]
    [InlineData("""{"vector":"not base64!"}""", "no base64")]
    [InlineData("""{"vector":7}""", "array of numbers")]
    [InlineData("""{"vector":{}}""", "array of numbers")]
    [InlineData("""{"vector":[NaN]}""", "invalid start of a value")]
    [InlineData("""{"vector":[1,2""", "")]
    public void Read_WrongVector_IsRefused(string json, string reason)
    {
        JsonException exception = Assert.ThrowsAny<JsonException>(() => Read(json));
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    private static float[]? Read(string json) =>
        JsonSerializer.Deserialize<IngestItem>(json, GalleryJson.Options)!.Vector;

    private static int[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToInt32Bits);
}
