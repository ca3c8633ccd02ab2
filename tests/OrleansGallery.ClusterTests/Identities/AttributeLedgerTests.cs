using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Retrieval;

namespace OrleansGallery.ClusterTests;

/// <summary>Attributes that are changed beside each other, and what a partition is told of them.</summary>
public sealed class AttributeLedgerTests
{
    private readonly FakeHome _home = new();
    private readonly IdentityLedger _ledger;

    public AttributeLedgerTests() => _ledger = new IdentityLedger("p1", _home);

    [Fact]
    public async Task Set_SeveralInOneCommit_HearWhatTheirVersionStandsFor()
    {
        await EnrolAsync(0);
        Task<EnrolReceipt> underWay = _ledger.RunAsync(new EnrolOperation(Images.Of(1, 1)));
        Task<AttributesReceipt> first = SetAsync("1");
        Task<AttributesReceipt> second = SetAsync("2");
        _home.Decide();
        await underWay;
        _home.Decide();
        AttributesReceipt[] receipts = await Task.WhenAll(first, second);

        Assert.All(receipts, receipt => Assert.Equal((3, "2"), (receipt.Version, receipt.Attributes["a"])));
    }

    [Fact]
    public async Task Set_SeveralOfOneExpectedVersion_OnlyTheFirstIsDone()
    {
        await EnrolAsync(0);
        Task<EnrolReceipt> underWay = _ledger.RunAsync(new EnrolOperation(Images.Of(1, 1)));
        Task<AttributesReceipt> late = SetAsync("0", expected: 1);
        Task<AttributesReceipt> first = SetAsync("1", expected: 2);
        Task<AttributesReceipt> second = SetAsync("2", expected: 2);
        _home.Decide();
        await underWay;
        _home.Decide();

        Assert.Equal((3, "1"), ((await first).Version, (await first).Attributes["a"]));
        Assert.Contains(
            "version 1", (await Assert.ThrowsAsync<PreconditionFailedException>(() => late)).Message,
            StringComparison.Ordinal);
        await Assert.ThrowsAsync<PreconditionFailedException>(() => second);
        await Assert.ThrowsAsync<PreconditionFailedException>(() => SetAsync("3", expected: 2));
        Task<AttributesReceipt> next = SetAsync("4", expected: 3);
        _home.Decide();
        Assert.Equal("4", (await next).Attributes["a"]);
    }

    [Fact]
    public async Task Enrol_IntoAnIdentityWithAttributes_SendsThemOnlyWhereItsRowHasNone()
    {
        await EnrolAsync(0);
        Task<AttributesReceipt> set = SetAsync("1");
        _home.Decide();
        await set;
        await EnrolAsync(1);
        IdentityChange kept = _home.Changes[^1];
        Assert.Equal((false, null), (kept.ChangesAttributes, kept.Attributes));

        // The opposite of both images: no direction is left, and so no row.
        await EnrolAsync(2, Opposite(0));
        await EnrolAsync(3, Opposite(1));
        Assert.Null(_home.Changes[^1].Centroid);
        await EnrolAsync(4);
        IdentityChange again = _home.Changes[^1];
        Assert.Equal((true, "1"), (again.ChangesAttributes, again.Attributes?["a"]));
        Task<AttributesReceipt> unchanged = SetAsync("1");
        Assert.Equal("1", (await unchanged).Attributes["a"]);
    }

    [Fact]
    public void Draft_OfAChangeThatIsNotOfAttributes_KeepsThoseOfTheRow()
    {
        AttributeSet red = AttributeSet.Of([new("colour", "red")]);
        IdentityChange change = Changes.Of("p1", 1);
        FacetedTable table = new(16);
        table.Apply(1, [new RowChange("p1", 1, change.Centroid!.Value.Components.ToArray()) { Attributes = red }]);

        // An older silo knows of no attributes.
        PartitionDraft draft = Draft();
        draft.Add(change with { ExpectedVersion = 1 });
        Assert.Equal(red, Assert.Single(draft.Rows).Attributes);

        draft = Draft();
        draft.Add(change with { ExpectedVersion = 1, ChangesAttributes = true });
        Assert.Equal(AttributeSet.Empty, Assert.Single(draft.Rows).Attributes);
        draft = Draft();
        draft.Add(Changes.Of("p2", 2));
        Assert.Null(Assert.Single(draft.Rows).Attributes);

        PartitionDraft Draft() => new(new(new(1, 0), Guid.Empty, 1), 1, default, _ => default, table);
    }

    [Fact]
    public void Bytes_OfAttributes_AreTheirOwn()
    {
        ImageToEnrol image = Images.Of(1, 0);
        Assert.Equal(
            image.Bytes + 6, (image with { Attributes = new Dictionary<string, string> { ["é"] = "text" } }).Bytes);
        AttributesRequest none = new() { Changes = new Dictionary<string, string?>() };
        AttributesRequest some = new() { Changes = new Dictionary<string, string?> { ["é"] = "text", ["no"] = null } };
        Assert.Equal(
            new AttributesOperation(none).BytesOf(16) + 8, new AttributesOperation(some).BytesOf(16));
    }

    private static VectorBytes Opposite(int number) =>
        VectorBytes.From([.. Images.Of(1, number).Embedding.Components.ToArray().Select(value => -value)]);

    private Task<AttributesReceipt> SetAsync(string text, long? expected = null) => _ledger.RunAsync(
        new AttributesOperation(new AttributesRequest
        {
            Changes = new Dictionary<string, string?> { ["a"] = text }, ExpectedVersion = expected,
        }));

    private async Task EnrolAsync(int number, VectorBytes? embedding = null)
    {
        ImageToEnrol image = Images.Of(1, number);
        Task<EnrolReceipt> enrolled = _ledger.RunAsync(
            new EnrolOperation(image with { Embedding = embedding ?? image.Embedding }));
        _home.Decide();
        await enrolled;
    }
}
