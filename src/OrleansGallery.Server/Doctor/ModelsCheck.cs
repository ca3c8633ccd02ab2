using OrleansGallery.Grains;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Models;
using OrleansGallery.Storage;

namespace OrleansGallery.Server;

/// <summary>Whether the files of models can be read, and those are there that galleries name.</summary>
internal sealed class ModelsCheck(DoctorSubject subject) : IDoctorCheck
{
    public string Name => "models";

    public Task RunAsync(DoctorReport report, CancellationToken cancellationToken)
    {
        ModelStore store = new(subject.Server.ModelsFolder);
        HashSet<string> known = [DefaultModel.Id, .. (subject.Contents?.Models ?? []).Select(model => model.Id)];
        foreach ((string path, ModelDescription? model, CheckpointException? fault) in store.Examine())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (model is null)
            {
                report.Warn(
                    $"'{path}' is of no use: {fault?.Message}", "Import the model anew, or take the file away.");
            }
            else
            {
                known.Add(model.Id);
            }
        }

        foreach (GalleryRecord gallery in subject.Contents?.Galleries ?? [])
        {
            if (StoredSettings.Of(gallery).Model is { } named && !known.Contains(named))
            {
                report.Wrong(
                    $"The gallery '{gallery.Name}' names the model '{named}', which is neither in '{store.Folder}' nor "
                    + "in the store.",
                    "Import it under this id (`gallery model import`), or copy its file there; until then images of "
                    + "this gallery are refused.");
            }
        }

        report.Ok($"{known.Count} {(known.Count == 1 ? "model is" : "models are")} there, with the program's own.");
        if (OnnxStatus.FindFault() is { } missing)
        {
            report.Warn(missing, "Models that are ONNX graphs do not run until this is put right; others do.");
        }
        else
        {
            report.Ok("ONNX Runtime loads.");
        }

        return Task.CompletedTask;
    }
}
