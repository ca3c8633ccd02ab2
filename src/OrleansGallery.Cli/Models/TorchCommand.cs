using System.CommandLine;
using System.Runtime.InteropServices;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Models;
using OrleansGallery.Server;

namespace OrleansGallery.Cli;

/// <summary><c>gallery torch</c>: which libtorch there is, and what runs where with it.</summary>
internal sealed class TorchCommand : Command
{
    private readonly Option<string> _models = ModelOptions.Models();

    private readonly Option<string?> _config = new("--config")
    {
        Description = "The service's JSON file of settings, of which Server:Device and Server:Precision count. "
            + "Default: GALLERY_Server__Device and GALLERY_Server__Precision, else auto.",
        HelpName = "FILE",
    };

    public TorchCommand()
        : base("torch", "Show which libtorch is loaded, its devices, and what each model would run on.")
    {
        Add(_models);
        Add(_config);
        SetAction(Run);
    }

    private int Run(ParseResult arguments)
    {
        CommandOutput output = CommandOutput.Of(arguments);
        ModelStore store = new(arguments.GetRequiredValue(_models));
        ServerOptions settings = GalleryHost.ReadSettings(arguments.GetValue(_config));
        string[] devices = settings.Device.Split(',', StringSplitOptions.TrimEntries);
        int count = TorchDevice.CudaDevices;
        TorchReport report = new()
        {
            Folder = TorchRuntime.Installed?.Libraries,
            Version = TorchRuntime.Installed?.Version ?? TorchRuntime.Version,
            Cuda = TorchRuntime.Installed?.Cuda,
            Devices = [TorchDevice.Cpu, .. Enumerable.Range(0, count).Select(i => $"cuda:{Figures.Count(i)}")],
            NoCuda = count == 0 ? TorchDevice.WhyNoCuda : null,
            Models =
            [
                .. store.List().SelectMany(
                    model => devices.Select(device => Try(store, model.Id, device, settings.Precision))),
            ],
        };
        if (output.IsJson)
        {
            output.WriteJson(report);
            return CommandLine.Done;
        }

        output.WriteLine($"libtorch {report.Version}, {report.Folder ?? "the program's own"}");
        output.WriteLine($"devices: {string.Join(", ", report.Devices)}");
        if (report.NoCuda is { } reason)
        {
            output.WriteLine($"no CUDA device: {reason}");
        }

        output.WriteTable(
            ["model", "device", "precision"],
            report.Models.Select(model =>
                (IReadOnlyList<string>)[model.Model, model.Device, model.Precision ?? model.Refused ?? string.Empty]));
        return CommandLine.Done;
    }

    // One model that does not load is not to cost the report of the others.
    private static TorchReportModel Try(ModelStore store, string id, string device, string precision)
    {
        try
        {
            using EmbeddingModel model = store.Load(
                id, device, precision: PrecisionName.Find(precision) ?? ModelPrecision.Auto);
            return new TorchReportModel
            {
                Model = id, Device = model.Device, Precision = PrecisionName.Of(model.Precision),
            };
        }
        catch (Exception exception) when (
            exception is CheckpointException or TorchRuntimeException or ModelFailureException
                or EmbeddingMemoryException or ExternalException)
        {
            return new TorchReportModel { Model = id, Device = device, Refused = exception.Message };
        }
    }
}
