using OrleansGallery.Inference;
using OrleansGallery.Inference.Models;

namespace OrleansGallery.Server;

/// <summary>Whether libtorch loads, and the default model runs on each device of the settings.</summary>
internal sealed class TorchCheck(DoctorSubject subject) : IDoctorCheck
{
    public string Name => "torch";

    private bool IsMeasured => PrecisionName.Find(subject.Server.Precision) == ModelPrecision.Auto;

    public async Task RunAsync(DoctorReport report, CancellationToken cancellationToken)
    {
        TorchRuntime.Configure(subject.Read<TorchOptions>());
        try
        {
            TorchStatus torch = await Task.Run(TorchStatus.Read, CancellationToken.None).WaitAsync(cancellationToken);
            report.Ok(
                $"libtorch {torch.Version}, {torch.Folder ?? "the program's own"}; devices: "
                + $"{string.Join(", ", torch.Devices)}{(torch.NoCuda is { } why ? $"; no CUDA: {why}" : ".")}");
            foreach (string device in subject.Server.Device.Split(',', StringSplitOptions.TrimEntries))
            {
                ModelTrial trial = await Task.Run(() => Try(device), CancellationToken.None)
                    .WaitAsync(cancellationToken);
                Say(report, trial);
            }
        }
        catch (OperationCanceledException)
        {
            report.Warn(
                "libtorch and the default model were not loaded when the time was up.",
                "The first time after the machine's start takes longer: ask again. `gallery torch` waits.");
        }
    }

    // Which precision is the fastest takes seconds of all processors to find out, which a running service needs.
    private ModelTrial Try(string device) => ModelTrial.Run(
        new ModelStore(subject.Server.ModelsFolder), DefaultModel.Id, device,
        IsMeasured ? PrecisionName.Of(ModelPrecision.Float32) : subject.Server.Precision);

    private void Say(DoctorReport report, ModelTrial trial)
    {
        if (trial.Refused is { } refused)
        {
            report.Wrong(
                refused,
                $"No image is embedded like this: see {DoctorText.Setting(nameof(ServerOptions.Device))} and "
                + $"{DoctorText.Setting(nameof(ServerOptions.Precision))}; `gallery torch` tries all models.");
        }
        else
        {
            report.Ok($"The default model runs on {trial.Device} in {trial.Precision}"
                + (IsMeasured ? "; whether another precision is faster is measured before its first image." : "."));
        }
    }
}
