using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Server;

namespace OrleansGallery.SystemTests.Intake;

public sealed class ItemToEnrolTests
{
    [Theory]
    [InlineData(33, 1, "33")]
    [InlineData(100_000, 1, "100000")]
    [InlineData(20, 256, "UTF-8")]
    public void Of_MoreAttributesThanAnIdentityMayHave_IsRefused(int keys, int length, string said) =>
        Assert.Contains(
            said, Assert.Throws<InvalidRequestException>(() => Of(keys, length)).Message, StringComparison.Ordinal);

    [Fact]
    public void Of_AsManyAsAnIdentityMayHave_IsTaken() => Assert.Equal(32, Of(32, 100).Attributes!.Count);

    private static ItemToEnrol Of(int keys, int length) => ItemToEnrol.Of(new IngestItem
    {
        Identity = "anna",
        Vector = new float[] { 1, 2 },
        Attributes = Enumerable.Range(0, keys).ToDictionary(i => $"k{i}", _ => new string('x', length)),
    });
}
