using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using OrleansGallery.Client;
using OrleansGallery.Contracts;
using OrleansGallery.Inference.Models;
using OrleansGallery.Server;
using OrleansGallery.Storage;
using OrleansGallery.SystemTests.Http;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Doctor;

/// <summary>What <c>gallery doctor</c> says of a data folder; it leaves every byte as it was.</summary>
public sealed class DoctorStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Data => _folder.File("data");

    private string Database => Path.Combine(Data, "gallery.db");

    [Fact]
    public async Task Doctor_BesideARunningService_IsWellAndSaysThatItRuns()
    {
        string url = DoctorRun.FreeUrl();
        await using WebApplication app = RunningService.Build(Data, ("Urls", url));
        await app.StartAsync(Cancelled);
        using GalleryClient client = new(new Uri(url));
        await client.CreateGalleryAsync(
            new CreateGalleryRequest { Name = "g", Dimension = 2, Partitions = 1 }, Cancelled);
        string[] before = Files();

        DoctorRun run = await DoctorRun.OfAsync("--data", Data, "--urls", url);

        run.AssertOk("folder", $"in use by process {Environment.ProcessId}", "a service is running here")
            .AssertOk("store", "galleries: 1").AssertOk("http", "A service is running");
        Assert.Equal(before, Files());
        await client.EnrolAsync("g", "a", new EnrolImageRequest { ImageId = "1", Vector = [1, 0] }, Cancelled);
        await app.StopAsync(Cancelled);
    }

    [Fact]
    public async Task Doctor_FolderOfAServiceThatIsNotAskedFor_IsWrong()
    {
        await using WebApplication app = RunningService.Build(Data);
        await app.StartAsync(Cancelled);

        DoctorRun run = await DoctorRun.OfAsync("--data", Data, "--urls", DoctorRun.FreeUrl());

        run.AssertWrong("folder", $"in use by process {Environment.ProcessId}", "--data");
        await app.StopAsync(Cancelled);
    }

    [Fact]
    public async Task Doctor_StoreThatWasClosed_IsReadAndLeftAsItIs()
    {
        await MakeAsync(_ => Task.CompletedTask);
        string[] before = Files();

        (await RunAsync()).AssertOk("store", "schema version 10", "galleries: 0").AssertOk("folder", "may be written");

        Assert.Equal(before, Files());
    }

    [Fact]
    public async Task Doctor_StoreOfAKilledService_IsReadWithItsLog()
    {
        await MakeAsync(async store =>
        {
            await AddGalleryAsync(store, new GallerySettings());
            foreach (string file in (string[])[Database, $"{Database}-wal", $"{Database}-shm"])
            {
                File.Copy(file, _folder.File(Path.GetFileName(file)));
            }
        });
        foreach (string file in (string[])["gallery.db", "gallery.db-wal", "gallery.db-shm"])
        {
            File.Copy(_folder.File(file), Path.Combine(Data, file), overwrite: true);
        }

        (await RunAsync()).AssertOk("store", "schema version 10", "galleries: 1");

        Assert.Equal(
            new FileInfo(_folder.File("gallery.db-wal")).Length, new FileInfo($"{Database}-wal").Length);
    }

    [Theory]
    [InlineData(99, DoctorOutcome.Wrong, "schema version 99; this program knows up to 10")]
    [InlineData(9, DoctorOutcome.Warning, "the start makes version 10 of it")]
    public async Task Doctor_StoreOfAnotherProgram_IsNamed(int version, DoctorOutcome outcome, string words)
    {
        await MakeAsync(_ => Task.CompletedTask);
        using (SqliteConnection connection = new($"Data Source={Database};Pooling=false"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = $"PRAGMA user_version = {version}";
            command.ExecuteNonQuery();
        }

        string[] before = Files();
        DoctorRun run = await RunAsync();

        run.AssertSaid("store", outcome, words);
        Assert.Equal(outcome == DoctorOutcome.Wrong ? 1 : 0, run.Code);
        Assert.Equal(before, Files());
    }

    [Fact]
    public async Task Doctor_FileThatIsNoDatabase_IsWrong()
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Database, new string('x', 9000), Cancelled);
        string[] before = Files();

        (await RunAsync()).AssertWrong("store", "is damaged", "backup");

        Assert.Equal(before, Files());
    }

    [Fact]
    public async Task Doctor_FolderOfAnotherUser_IsWrongAndTheStoreIsReadAllTheSame()
    {
        using Nobody nobody = new();
        string closed = Path.Combine(Path.GetDirectoryName(nobody.Own)!, "closed");
        Directory.CreateDirectory(closed);
        using (SqliteGalleryStore store = new(Path.Combine(closed, "gallery.db")))
        {
        }

        (int code, string output, _) = await nobody.RunAsync(
            "doctor", "--json", "--data", closed, "--urls", "http://127.0.0.1:0");

        DoctorRun run = DoctorRun.Parse(code, output);
        Assert.Equal(1, code);
        run.AssertSaid("folder", DoctorOutcome.Wrong, $"may not write '{closed}'", "chown")
            .AssertSaid("folder", DoctorOutcome.Wrong, "gallery.db'")
            .AssertSaid("store", DoctorOutcome.Ok, "galleries: 0");
        Assert.Equal(["gallery.db"], Directory.EnumerateFileSystemEntries(closed).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Doctor_DiskWithoutRoom_IsWrong()
    {
        using SmallDisk disk = new(16);
        DoctorRun run = await DoctorRun.OfAsync(
            "--data", Path.Combine(disk.Root, "data"), "--urls", "http://127.0.0.1:0");
        run.AssertWrong("folder", "16 MiB are free", "Make room");
    }

    [Fact]
    public async Task Doctor_StoreWrittenLaterThanNow_IsAWarning()
    {
        await MakeAsync(_ => Task.CompletedTask);
        File.SetLastWriteTimeUtc(Database, DateTime.UtcNow.AddHours(1));
        (await RunAsync()).AssertSaid("store", DoctorOutcome.Warning, "clock", "NTP");
    }

    [Theory]
    [InlineData(null, DoctorOutcome.Wrong, "the store has none that is good")]
    [InlineData(KeyRole.Read, DoctorOutcome.Warning, "none has the role admin")]
    [InlineData(KeyRole.Admin, DoctorOutcome.Ok, "with the role admin: 1")]
    public async Task Doctor_KeysRequired_CountsThoseThatAreGood(KeyRole? role, DoctorOutcome outcome, string words)
    {
        await MakeAsync(async store =>
        {
            OfflineKeys keys = new(store.Keys, TimeProvider.System);
            string revoked = (await keys.CreateAsync(
                new CreateKeyRequest { Name = "gone", Role = KeyRole.Admin }, Cancelled)).Id;
            await keys.RevokeAsync(revoked, Cancelled);
            if (role is { } wanted)
            {
                await keys.CreateAsync(new CreateKeyRequest { Name = "key", Role = wanted }, Cancelled);
            }
        });

        (await RunAsync("--keys", "required")).AssertSaid("keys", outcome, words);
    }

    [Fact]
    public async Task Doctor_ModelsThatAreBrokenOrMissing_AreNamed()
    {
        await MakeAsync(store => AddGalleryAsync(store, new GallerySettings { Model = "lost-00000000" }));
        string models = Directory.CreateDirectory(Path.Combine(Data, "models")).FullName;
        await File.WriteAllTextAsync(Path.Combine(models, "bad.safetensors"), "no model", Cancelled);

        DoctorRun run = await RunAsync();

        run.AssertWrong("models", "The gallery 'g' names the model 'lost-00000000'", "gallery model import")
            .AssertSaid("models", DoctorOutcome.Warning, "bad.safetensors' is of no use");
    }

    [Fact]
    public async Task Doctor_ModelThatComesWithTheProgram_IsThere()
    {
        await MakeAsync(store => AddGalleryAsync(store, new GallerySettings { Model = DefaultModel.Id }));
        (await RunAsync()).AssertOk("models", "1 model is there");
    }

    public void Dispose() => _folder.Dispose();

    private static Task<GalleryRecord?> AddGalleryAsync(SqliteGalleryStore store, GallerySettings settings) =>
        store.CreateGalleryAsync(
            new GalleryRecord
            {
                Name = "g",
                Dimension = 4,
                Partitions = 1,
                CreatedAt = DateTimeOffset.UtcNow,
                Settings = settings.ToJson(),
            },
            Guid.NewGuid(), Cancelled);

    private async Task MakeAsync(Func<SqliteGalleryStore, Task> fill)
    {
        using DataFolder folder = DataFolder.Open(Data);
        using SqliteGalleryStore store = new(folder.DatabaseFile);
        await fill(store);
    }

    private Task<DoctorRun> RunAsync(params string[] more) =>
        DoctorRun.OfAsync(["--data", Data, "--urls", "http://127.0.0.1:0", .. more]);

    // Names, sizes and times; the index of a log that others write changes with every reader.
    private string[] Files() =>
    [
        .. new DirectoryInfo(Data).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => !file.Name.EndsWith("-shm", StringComparison.Ordinal))
            .Select(file => $"{file.Name} {file.Length} {file.LastWriteTimeUtc:O}").Order(),
    ];
}
