using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using OrleansGallery.Cli;
using OrleansGallery.Contracts;
using OrleansGallery.Server;
using OrleansGallery.SystemTests.Http;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Cli;

/// <summary><c>gallery keys</c>, on a store itself and through a service.</summary>
public sealed class KeysCommandTests(KeyedService service, RunningService open) : IClassFixture<KeyedService>
{
    [Fact]
    public async Task Keys_InADataFolder_AreMadeForTheServiceThatStartsOnIt()
    {
        using TemporaryFolder folder = new();
        (int code, string output, string error) =
            await RunAsync("keys", "create", "--role", "admin", "--data", folder.Root);

        Assert.Equal(0, code);
        string key = output.Trim();
        Assert.Matches("^gk_[0-9a-f]{16}_[0-9a-f]{64}$", key);
        Assert.Contains("admin, for all galleries", error, StringComparison.Ordinal);
        Assert.DoesNotContain(key, error, StringComparison.Ordinal);
        await using WebApplication app = RunningService.Build(folder.Root, ("Keys", "required"));
        await app.StartAsync(TestContext.Current.CancellationToken);
        string url = GalleryHost.AddressOf(app).GetLeftPart(UriPartial.Authority);
        Assert.Equal(0, (await RunAsync("galleries", "--url", url, "--key", key)).Code);
        (int used, _, string inUse) = await RunAsync("keys", "list", "--data", folder.Root);
        Assert.Equal(1, used);
        Assert.Single(inUse.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Keys_OfAService_AreMadeListedAndRevoked()
    {
        string admin = await service.StoreAsync(new CreateKeyRequest { Name = "cli", Role = KeyRole.Admin });

        KeyResponse made = await JsonAsync<KeyResponse>(
            admin, "keys", "create", "entrance", "--role", "write", "--gallery", "people", "--gallery", "cats",
            "--expires", "30d", "--rate", "50", "--concurrent", "4");
        KeyListResponse listed = await JsonAsync<KeyListResponse>(admin, "keys", "list");
        KeyResponse revoked = await JsonAsync<KeyResponse>(admin, "keys", "revoke", made.Id);
        KeyListResponse after = await JsonAsync<KeyListResponse>(admin, "keys", "list");
        KeyListResponse all = await JsonAsync<KeyListResponse>(admin, "keys", "list", "--revoked");

        Assert.Equal(("entrance", KeyRole.Write, 50, 4),
            (made.Name, made.Role, made.RequestsPerSecond, made.MaxConcurrent));
        Assert.Equal(["people", "cats"], made.Galleries);
        Assert.InRange(made.ExpiresAt!.Value - made.CreatedAt, TimeSpan.FromDays(29.9), TimeSpan.FromDays(30.1));
        Assert.Null(Assert.Single(listed.Keys, key => key.Id == made.Id).Key);
        Assert.NotNull(revoked.RevokedAt);
        Assert.DoesNotContain(after.Keys, key => key.Id == made.Id);
        Assert.Contains(all.Keys, key => key.Id == made.Id);
        (_, string table, _) = await RunAsync("keys", "list", "--url", Url, "--key", admin);
        Assert.Contains("cli", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Own_OfAKey_SaysWhatItMay()
    {
        string key = await service.StoreAsync(
            new CreateKeyRequest { Name = "door", Role = KeyRole.Write, Galleries = ["people"], MaxConcurrent = 4 });

        OwnKeyResponse own = await JsonAsync<OwnKeyResponse>(key, "keys", "own");
        (int code, string text, _) = await RunAsync("keys", "own", "--url", Url, "--key", key);

        Assert.Equal(("door", KeyRole.Write, 4), (own.Key!.Name, own.Key.Role, own.Key.MaxConcurrent));
        Assert.Equal(0, code);
        Assert.All(
            (string[])["door", "write", "'people'", "4", "the service's setting"],
            word => Assert.Contains(word, text, StringComparison.Ordinal));
        Assert.DoesNotContain(key, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Own_WhereNoKeysAreAskedFor_SaysSo()
    {
        (int code, string text, _) = await RunAsync(
            "keys", "own", "--url", open.Url.GetLeftPart(UriPartial.Authority));

        Assert.Equal(0, code);
        Assert.Contains("asks for no keys", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_WithoutAKeyWhereOneIsAskedFor_Is1AndNamesTheVariable()
    {
        (int code, _, string error) = await RunAsync("galleries", "--url", Url);

        Assert.Equal(1, code);
        Assert.Contains("GALLERY_KEY", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--role", "owner", "read, write, admin are possible")]
    [InlineData("--expires", "soon", "2027-06-30 or 90d")]
    [InlineData("--rate", "many", "--rate")]
    public async Task Create_WithAWrongOption_Is2(string option, string value, string reason)
    {
        string[] role = option == "--role" ? [] : ["--role", "read"];
        (int code, _, string error) = await RunAsync(["keys", "create", .. role, option, value, "--url", Url]);

        Assert.Equal(2, code);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    private string Url => service.Url.GetLeftPart(UriPartial.Authority);

    private async Task<T> JsonAsync<T>(string key, params string[] args)
    {
        (int code, string output, string error) = await RunAsync([.. args, "--json", "--url", Url, "--key", key]);
        Assert.True(code == 0, error);
        return JsonSerializer.Deserialize<T>(output, GalleryJson.Options)!;
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using StringWriter output = new(CultureInfo.InvariantCulture);
        using StringWriter error = new(CultureInfo.InvariantCulture);
        int code = await CommandLine.RunAsync(args, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
