using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using OrleansGallery.Cli;
using OrleansGallery.Server;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Doctor;

/// <summary>What <c>gallery doctor</c> says of a process that is alone, beside its store.</summary>
public sealed class DoctorCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Data => _folder.File("data");

    [Fact]
    public async Task Doctor_NothingThereYet_IsWellAndStaysSo()
    {
        DoctorRun run = await DoctorRun.OfAsync("--data", Data, "--urls", DoctorRun.FreeUrl());

        run.AssertOk("settings", "gallery, embedding, api")
            .AssertOk("machine", "memory").AssertOk("machine", "files")
            .AssertOk("images", "ImageSharp")
            .AssertOk("torch", "libtorch")
            .AssertOk("folder", "is made at the start").AssertOk("folder", "free")
            .AssertOk("store", "SQLite 3.").AssertOk("store", "There is no store yet")
            .AssertOk("models", "ONNX Runtime")
            .AssertOk("http", "is free");
        Assert.DoesNotContain(run.Findings, finding => finding.Check is "database" or "silo" or "keys" or "telemetry");
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Root));
    }

    [Fact]
    public async Task Doctor_AsText_IsALineEachInTheOrderOfTheDocument()
    {
        string[] options = ["--data", Data, "--urls", "http://127.0.0.1:0"];
        DoctorRun run = await DoctorRun.OfAsync(options);
        using StringWriter output = new();
        using StringWriter error = new();

        int code = await CommandLine.RunAsync(["doctor", .. options], output, error);

        Assert.Equal((0, ""), (code, error.ToString()));
        string[] lines = [.. output.ToString().Split('\n').Where(line => line.Length > 0 && line[0] != ' ')];
        Assert.Equal(
            run.Findings.Select(finding => finding.Check), lines.Select(line => line[9..].Split(':')[0]));
        Assert.StartsWith("ok       settings: They are", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_AsJson_IsAnArrayOfFourFields()
    {
        using StringWriter output = new();
        using StringWriter error = new();

        int code = await CommandLine.RunAsync(
            ["doctor", "--json", "--data", Data, "--roles", "nothing"], output, error);

        Assert.Equal(1, code);
        JsonElement finding = Assert.Single(JsonDocument.Parse(output.ToString()).RootElement.EnumerateArray());
        Assert.Equal(
            ["check", "outcome", "text", "advice"], finding.EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            ("settings", "wrong"),
            (finding.GetProperty("check").GetString(), finding.GetProperty("outcome").GetString()));
    }

    [Theory]
    [InlineData("Server:Devise", "cpu", "did you mean 'Device'?")]
    [InlineData("Server:Device", "tpu", "'tpu' is no device")]
    [InlineData("Server:Urls", "http://0.0.0.0:5210", "Server:Keys=required")]
    [InlineData("Server:Roles", "embedding", "Cluster:Database")]
    [InlineData("Telemetry:OtlpEndpoint", "collector", "an http or https address")]
    public async Task Doctor_SettingThatIsWrong_IsNamedAndNothingElseIsLookedAt(string key, string value, string words)
    {
        DoctorRun run = await DoctorRun.OfAsync(_folder, ("Server:DataFolder", Data), (key, value));
        run.AssertWrong("settings", words);
        Assert.Single(run.Findings);
    }

    [Fact]
    public async Task Doctor_SeveralSettingsThatAreWrong_AreALineEach()
    {
        DoctorRun run = await DoctorRun.OfAsync(_folder, ("Server:Devise", "cpu"), ("Imagin:MaxSide", "1"));
        Assert.Equal((1, 2), (run.Code, run.Findings.Count));
        Assert.All(run.Findings, finding => Assert.Equal("settings", finding.Check));
    }

    [Fact]
    public async Task Doctor_FileOfSettingsThatIsMissing_IsSaid() =>
        (await DoctorRun.OfAsync("--config", _folder.File("no.json"))).AssertWrong("settings", "no.json");

    [Fact]
    public async Task Doctor_PortOfAnotherProgram_IsWrong()
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();

        DoctorRun run = await DoctorRun.OfAsync("--data", Data, "--urls", $"http://{other.LocalEndpoint}");

        run.AssertWrong("http", $"{other.LocalEndpoint} is another program's", "--urls");
    }

    [Fact]
    public async Task Doctor_AddressOfAnotherMachine_IsWrong()
    {
        DoctorRun run = await DoctorRun.OfAsync(
            _folder, ("Server:DataFolder", Data), ("Server:Keys", "required"), ("Server:BehindProxy", "true"),
            ("Server:Urls", "http://192.0.2.1:5210"));
        run.AssertSaid("http", DoctorOutcome.Wrong, "192.0.2.1:5210 cannot be listened on", "--urls");
    }

    [Theory]
    [InlineData("Device", "cuda:77", "'cuda:77' is not available")]
    [InlineData("DataFolder", "settings.json", "is a file")]
    public async Task Doctor_ServerSettingThatDoesNotHoldHere_IsWrong(string key, string value, string words)
    {
        await File.WriteAllTextAsync(_folder.File("settings.json"), "{}", Cancelled);
        DoctorRun run = await DoctorRun.OfAsync(
            _folder, ("Server:Urls", "http://127.0.0.1:0"),
            key == "DataFolder" ? ("Server:DataFolder", _folder.File(value)) : ("Server:DataFolder", Data),
            key == "DataFolder" ? ("Server:Device", "cpu") : ($"Server:{key}", value));
        run.AssertSaid(key == "Device" ? "torch" : "folder", DoctorOutcome.Wrong, words);
        Assert.Equal(1, run.Code);
    }

    [Fact]
    public async Task Doctor_WithoutLibtorch_SaysSoAndLooksOn()
    {
        string file = _folder.File("settings.json");
        await File.WriteAllTextAsync(
            file, JsonSerializer.Serialize(new { Torch = new { Folder = _folder.File("no-torch") } }), Cancelled);

        // A process of its own: this one may have loaded libtorch.
        (int code, string output, string error) = await GalleryProcess.RunAsync(
            "doctor", "--json", "--config", file, "--data", Data, "--urls", "http://127.0.0.1:0");

        Assert.Equal("", error);
        DoctorRun.Parse(code, output).AssertWrong("torch", "Torch:Folder").AssertSaid("http", DoctorOutcome.Ok);
    }

    [Fact]
    public async Task Doctor_AuditFileAndCollector_AreLookedAt()
    {
        using TcpListener collector = new(IPAddress.Loopback, 0);
        collector.Start();
        string audit = _folder.File("audit.jsonl");
        (string, string)[] settings = [("Server:DataFolder", Data), ("Server:Urls", "http://127.0.0.1:0")];

        DoctorRun well = await DoctorRun.OfAsync(
            _folder, [.. settings, ("Server:AuditFile", audit),
                ("Telemetry:OtlpEndpoint", $"http://{collector.LocalEndpoint}")]);
        DoctorRun wrong = await DoctorRun.OfAsync(
            _folder, [.. settings, ("Server:AuditFile", _folder.File("no/audit.jsonl")),
                ("Telemetry:OtlpEndpoint", DoctorRun.FreeUrl())]);

        well.AssertOk("telemetry", audit).AssertOk("telemetry", "takes connections");
        Assert.False(File.Exists(audit));
        wrong.AssertWrong("telemetry", "there is no folder", "Server:AuditFile")
            .AssertSaid("telemetry", DoctorOutcome.Warning, "cannot be reached");
    }

    [Fact]
    public async Task RunAsync_CheckThatThrowsOrHangs_IsSomethingWrong()
    {
        using ManualResetEventSlim never = new();
        IReadOnlyList<DoctorFinding> thrown = await GalleryDoctor.RunAsync(
            new FakeCheck((_, _) => throw new InvalidOperationException("It broke.")), Cancelled);
        IReadOnlyList<DoctorFinding> hung = await GalleryDoctor.RunAsync(
            new FakeCheck((report, _) =>
            {
                report.Ok("This was seen.");
                never.Wait(Cancelled);
                return Task.CompletedTask;
            }),
            Cancelled);
        never.Set();

        Assert.Equal((DoctorOutcome.Wrong, "It broke."), (thrown.Single().Outcome, thrown.Single().Text));
        Assert.Equal([DoctorOutcome.Ok, DoctorOutcome.Wrong], hung.Select(finding => finding.Outcome));
        Assert.Contains("within 5 s", hung[1].Text, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private sealed class FakeCheck(Func<DoctorReport, CancellationToken, Task> run) : IDoctorCheck
    {
        public string Name => "fake";

        public Task RunAsync(DoctorReport report, CancellationToken cancellationToken) =>
            run(report, cancellationToken);
    }
}
