using System.Text.Json;
using OrleansGallery.Cli;
using OrleansGallery.Contracts;
using OrleansGallery.Inference.Models;
using OrleansGallery.Server;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Cli;

/// <summary>What would run where, by the service's settings.</summary>
public sealed class TorchCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("cpu", "float32", "cpu", "float32")]
    [InlineData("cuda:77", "auto", "cuda:77", null)]
    public async Task Torch_SettingsOfAService_AreWhatIsTried(
        string device, string precision, string shown, string? computed)
    {
        DefaultModel.EnsureCreated(_folder.File("models"));
        string config = _folder.File("settings.json");
        await File.WriteAllTextAsync(
            config, JsonSerializer.Serialize(new { Server = new { Device = device, Precision = precision } }),
            TestContext.Current.CancellationToken);
        using StringWriter output = new();
        using StringWriter error = new();

        int code = await CommandLine.RunAsync(
            ["torch", "--models", _folder.File("models"), "--config", config, "--json"], output, error);

        Assert.True(code == 0, error.ToString());
        TorchReport report = JsonSerializer.Deserialize<TorchReport>(output.ToString(), GalleryJson.Options)!;
        ModelTrial model = Assert.Single(report.Models);
        Assert.Equal((shown, computed), (model.Device, model.Precision));
        Assert.Equal(
            computed is null,
            model.Refused?.Contains("'cuda:77' is not available", StringComparison.Ordinal) ?? false);
    }
}
