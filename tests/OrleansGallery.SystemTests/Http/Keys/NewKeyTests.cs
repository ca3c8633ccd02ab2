using System.Security.Cryptography;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Server;

namespace OrleansGallery.SystemTests.Http;

public sealed class NewKeyTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(20_000).AddTicks(12_345);

    [Fact]
    public void Of_ARequest_MakesAKeyThatIsReadBack_AndNoTwoAlike()
    {
        NewKey one = NewKey.Of(new CreateKeyRequest { Name = "a", Role = KeyRole.Write }, Now);
        NewKey other = NewKey.Of(new CreateKeyRequest { Name = "a", Role = KeyRole.Write }, Now);

        Assert.Matches("^gk_[0-9a-f]{16}_[0-9a-f]{64}$", one.Text);
        Assert.True(KeyText.TryParse(one.Text, out string? id, out byte[]? hash));
        Assert.Equal((one.Stored.Id, "write"), (id, one.Stored.Role));
        Assert.Equal(hash, one.Stored.SecretHash);
        Assert.Equal(SHA256.HashData(Convert.FromHexString(one.Text[^64..])), hash);
        Assert.NotEqual(one.Text, other.Text);
        Assert.NotEqual(one.Stored.Id, other.Stored.Id);
        Assert.DoesNotContain(one.Text, $"{one}", StringComparison.Ordinal);
        Assert.DoesNotContain(
            one.Text, $"{KeyAnswers.Of(one.Stored) with { Key = one.Text }}", StringComparison.Ordinal);
        Assert.Equal(0, one.Stored.CreatedAt.Ticks % TimeSpan.TicksPerMillisecond);
    }

    [Theory]
    [InlineData("")]
    [InlineData("gk_")]
    [InlineData("gk_0123456789abcdef_")]
    [InlineData("GK_0123456789abcdef_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("gk_0123456789abcdef_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeF")]
    [InlineData("gk_0123456789abcdef-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("gk_0123456789abcdef_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg")]
    public void TryParse_WhatIsNoKey_IsRefused(string text) => Assert.False(KeyText.TryParse(text, out _, out _));

    public static TheoryData<CreateKeyRequest, string> Wrong => new()
    {
        { new() { Role = KeyRole.Read }, "key name is missing" },
        { new() { Name = "a/b", Role = KeyRole.Read }, "key name contains '/'" },
        { new() { Name = "a" }, "role is missing" },
        { new() { Name = "a", Role = KeyRole.Read, Galleries = [] }, "galleries names 0" },
        { new() { Name = "a", Role = KeyRole.Read, Galleries = [".."] }, "gallery name is '..'" },
        { new() { Name = "a", Role = KeyRole.Read, ExpiresAt = Now }, "which is over" },
        { new() { Name = "a", Role = KeyRole.Read, RequestsPerSecond = 0 }, "requestsPerSecond is 0" },
        { new() { Name = "a", Role = KeyRole.Read, MaxConcurrent = 1_000_001 }, "maxConcurrent is 1000001" },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void Of_WhatNoKeyCanBe_IsRefused(CreateKeyRequest request, string reason)
    {
        GalleryException refused = Assert.ThrowsAny<GalleryException>(() => NewKey.Of(request, Now));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }
}
