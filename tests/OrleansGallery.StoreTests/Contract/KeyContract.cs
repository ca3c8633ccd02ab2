using System.Security.Cryptography;
using OrleansGallery.Storage;

namespace OrleansGallery.StoreTests;

/// <summary>The keys of the HTTP API: stored once, revoked for good, listed in their order.</summary>
public abstract class KeyContract : GalleryStoreContract
{
    private static readonly DateTimeOffset Made = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);

    private IStoredKeys Keys => Store.Keys;

    [Fact]
    public async Task Add_KeysOfEveryShape_AreReadAsTheyWereByAnotherHandle()
    {
        StoredKey[] keys =
        [
            Make("a") with { Galleries = [], CreatedAt = Made.AddMinutes(1) },
            Make("b"),
            Make("c") with
            {
                Name = "camera \"1\" 😀", Galleries = ["people", "a;b'c"], ExpiresAt = Made.AddDays(3), Role = "write",
                RequestsPerSecond = 50, MaxConcurrent = 4,
            },
        ];
        foreach (StoredKey key in keys)
        {
            Assert.True(await Keys.AddAsync(key, Token));
        }

        IStoredKeys other = (await OpenAsync()).Keys;
        AssertEqual([keys[1], keys[2], keys[0]], await other.ListAsync(withRevoked: false, Token));
        AssertEqual([keys[1], keys[2], keys[0]], await other.ListAsync(withRevoked: true, Token));
    }

    [Fact]
    public async Task Add_Repeated_IsDoneOnce_AndAnothersIdIsRefused()
    {
        Assert.True(await Keys.AddAsync(Make("a"), Token));
        Assert.True(await Keys.AddAsync(Make("a"), Token));
        Assert.False(await Keys.AddAsync(Make("a") with { SecretHash = SHA256.HashData([1]) }, Token));

        AssertEqual([Make("a")], await Keys.ListAsync(withRevoked: true, Token));
    }

    [Fact]
    public async Task Revoke_AKey_LeavesItInTheWholeListAlone()
    {
        await Keys.AddAsync(Make("a"), Token);
        await Keys.AddAsync(Make("b"), Token);
        StoredKey revoked = Make("a") with { RevokedAt = Made.AddHours(1) };

        AssertEqual([revoked], [(await Keys.RevokeAsync("a", Made.AddHours(1), Token))!]);

        IStoredKeys other = (await OpenAsync()).Keys;
        AssertEqual([Make("b")], await other.ListAsync(withRevoked: false, Token));
        AssertEqual([revoked, Make("b")], await other.ListAsync(withRevoked: true, Token));
    }

    [Fact]
    public async Task Revoke_Again_OrNothing_ChangesNothing()
    {
        await Keys.AddAsync(Make("a"), Token);
        await Keys.RevokeAsync("a", Made.AddHours(1), Token);

        Assert.Equal(Made.AddHours(1), (await Keys.RevokeAsync("a", Made.AddHours(2), Token))!.RevokedAt);
        Assert.Null(await Keys.RevokeAsync("b", Made, Token));
    }

    [Fact]
    public async Task Add_MoreThanAllProcessesHold_IsRefusedUntilOneIsRevoked()
    {
        for (int i = 0; i < IStoredKeys.MaxKeys; i++)
        {
            Assert.True(await Keys.AddAsync(Make($"k{i}"), Token));
        }

        Assert.False(await Keys.AddAsync(Make("more"), Token));
        Assert.True(await Keys.AddAsync(Make("k0"), Token));

        await Keys.RevokeAsync("k7", Made, Token);
        Assert.True(await Keys.AddAsync(Make("more"), Token));
    }

    private static StoredKey Make(string id) => new()
    {
        Id = id,
        Name = $"key {id}",
        SecretHash = SHA256.HashData([.. id.Select(letter => (byte)letter)]),
        Role = "read",
        CreatedAt = Made,
    };

    // Records compare lists by reference.
    private static void AssertEqual(IReadOnlyList<StoredKey> expected, IReadOnlyList<StoredKey> actual) =>
        Assert.Equal(expected.Select(Text), actual.Select(Text));

    private static string Text(StoredKey key) => string.Join(
        '|', key.Id, key.Name, Convert.ToHexString(key.SecretHash), key.Role,
        key.Galleries is null ? "all" : string.Join(',', key.Galleries.Prepend("some")),
        key.RequestsPerSecond, key.MaxConcurrent, key.CreatedAt.ToString("O"), key.ExpiresAt?.ToString("O"),
        key.RevokedAt?.ToString("O"));
}
