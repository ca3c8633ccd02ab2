using Microsoft.Extensions.Options;
using OrleansGallery.Client;
using OrleansGallery.Inference;
using OrleansGallery.Offline;
using OrleansGallery.Server;
using OrleansGallery.Storage;
using OrleansGallery.Training;

namespace OrleansGallery.Cli;

/// <summary>A failure as the user reads it: what was wrong, without where in the program it was noticed.</summary>
internal static class Failure
{
    /// <returns>One line; several where several things are wrong.</returns>
    public static IEnumerable<string> Describe(Exception exception) => exception switch
    {
        OptionsValidationException e => e.Failures,
        AggregateException { InnerException: { } inner } => Describe(inner),
        GalleryApiException e => [e.Detail],
        StartRefusedException or ClusterDatabaseException or StoreSchemaException or NpyException
            or TrainingDivergedException or CheckpointException or TorchRuntimeException
            or ModelFailureException or EmbeddingMemoryException or IOException or UnauthorizedAccessException
            or InvalidDataException => [exception.Message],
        InvalidOperationException { InnerException: { } inner } e => [$"{e.Message} {FirstLine(inner)}"],
        _ => [$"{exception.GetType().Name}: {FirstLine(exception)}"],
    };

    // Native libraries put their own stack into the message.
    private static string FirstLine(Exception exception) => exception.Message.Split('\n', 2)[0].TrimEnd();
}
