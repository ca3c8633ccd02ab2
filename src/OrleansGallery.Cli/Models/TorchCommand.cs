using System.CommandLine;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Models;

namespace OrleansGallery.Cli;

/// <summary><c>gallery torch</c>: which libtorch there is, and what runs where with it.</summary>
internal sealed class TorchCommand : Command
{
    private readonly Option<string> _models = ModelOptions.Models();

    public TorchCommand()
        : base("torch", "Show which libtorch is loaded, its devices, and what each model would run on.")
    {
        Add(_models);
        SetAction(Run);
    }

    private int Run(ParseResult arguments)
    {
        CommandOutput output = CommandOutput.Of(arguments);
        ModelStore store = new(arguments.GetRequiredValue(_models));
        int count = TorchDevice.CudaDevices;
        TorchReport report = new()
        {
            Folder = TorchRuntime.Installed?.Libraries,
            Version = TorchRuntime.Installed?.Version ?? TorchRuntime.Version,
            Cuda = TorchRuntime.Installed?.Cuda,
            Devices = [TorchDevice.Cpu, .. Enumerable.Range(0, count).Select(i => $"cuda:{Figures.Count(i)}")],
            NoCuda = count == 0 ? TorchDevice.WhyNoCuda : null,
            Models = [.. store.List().Select(model => Try(store, model.Id))],
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

    private static TorchReportModel Try(ModelStore store, string id)
    {
        string device = TorchDevice.NameOf(TorchDevice.Auto);
        try
        {
            using EmbeddingModel model = store.Load(id, device, precision: ModelPrecision.Auto);
            return new TorchReportModel
            {
                Model = id, Device = device, Precision = PrecisionName.Of(model.Precision),
            };
        }
        catch (Exception exception) when (exception is CheckpointException or TorchRuntimeException)
        {
            return new TorchReportModel { Model = id, Device = device, Refused = exception.Message };
        }
    }
}
