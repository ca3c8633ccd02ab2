using System.CommandLine;
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
        TorchStatus torch = TorchStatus.Read();
        TorchReport report = new()
        {
            Folder = torch.Folder,
            Version = torch.Version,
            Cuda = torch.Cuda,
            Devices = torch.Devices,
            NoCuda = torch.NoCuda,
            // One model that does not load is not to cost the report of the others.
            Models =
            [
                .. store.List().SelectMany(
                    model => devices.Select(device => ModelTrial.Run(store, model.Id, device, settings.Precision))),
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
}
