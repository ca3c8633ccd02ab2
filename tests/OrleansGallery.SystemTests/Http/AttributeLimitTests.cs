using System.Text.Json;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Server;

namespace OrleansGallery.SystemTests.Http;

/// <summary>How much a request may ask of attributes, and what the audit trail keeps of it.</summary>
public sealed class AttributeLimitTests
{
    [Fact]
    public void Filter_OfManyTextsInAll_IsRefusedBeforeAnyIsLookedAt()
    {
        // Keys and texts that are none would be refused for that, were they looked at.
        SearchFilter filter = new() { Attributes = Texts(4, 64), Not = Texts(1, 1) };
        InvalidRequestException refused = Assert.Throws<InvalidRequestException>(() => FilterReader.Of(filter));
        Assert.Contains("257", refused.Message, StringComparison.Ordinal);
        Assert.Contains("256", refused.Message, StringComparison.Ordinal);
        Assert.Contains(
            "65 keys",
            Assert.Throws<InvalidRequestException>(() => FilterReader.Of(new() { Attributes = Texts(65, 1) })).Message,
            StringComparison.Ordinal);
        Assert.Throws<InvalidIdException>(() => FilterReader.Of(new() { Attributes = Texts(4, 64) }));
    }

    [Fact]
    public void AuditNote_OfAttributes_HasTheirKeysAndNoText()
    {
        AuditNote note = new(() => { });
        note.Take(new IdentityAttributesRequest
        {
            Attributes = new Dictionary<string, string?> { ["size"] = null, ["name"] = "secret" },
        });
        AuditEntry entry = note.AddTo(new AuditEntry
        {
            Time = DateTimeOffset.UnixEpoch, RequestId = "r", Method = "PATCH", Route = "/",
        });
        Assert.Equal("name, size", entry.Attributes);
        Assert.DoesNotContain("secret", JsonSerializer.Serialize(entry), StringComparison.Ordinal);
    }

    private static Dictionary<string, IReadOnlyList<string>> Texts(int keys, int texts) =>
        Enumerable.Range(0, keys).ToDictionary(
            i => $"/{i}", _ => (IReadOnlyList<string>)Enumerable.Repeat("\u0007", texts).ToArray());
}
