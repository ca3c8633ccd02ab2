using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary>Erases the identity of one id from every gallery that the key is for, one after the other. A gallery where
/// it fails does not keep it in the others.</summary>
/// <param name="client">The service.</param>
/// <param name="output">Where receipts and failures go.</param>
internal sealed class SubjectErasure(GalleryClient client, CommandOutput output)
{
    /// <summary>Erases it.</summary>
    /// <param name="subject">The identity's id.</param>
    /// <param name="operation">The erasure's id, in every gallery; null: a new one.</param>
    /// <param name="cancellationToken">Ends the work; what was erased stays so.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string subject, string? operation, CancellationToken cancellationToken)
    {
        operation ??= Guid.NewGuid().ToString("N");
        List<ErasedSubject> galleries = [];
        foreach (GalleryResponse gallery in await client.ListGalleriesAsync(cancellationToken))
        {
            ErasedSubject erased = await EraseAsync(gallery.Name, subject, operation, cancellationToken);
            galleries.Add(erased);
            Write(erased);
        }

        if (output.IsJson)
        {
            output.WriteJson(new SubjectErasureReport
            {
                Subject = subject, OperationId = operation, Galleries = galleries,
            });
        }

        return Conclude(subject, operation, galleries);
    }

    private async Task<ErasedSubject> EraseAsync(
        string gallery, string subject, string operation, CancellationToken cancellationToken)
    {
        try
        {
            return new ErasedSubject
            {
                Gallery = gallery,
                Receipt = await client.EraseIdentityAsync(gallery, subject, operation, cancellationToken),
            };
        }
        catch (GalleryApiException exception) when (
            exception.Code is ErrorCodes.IdentityNotFound or ErrorCodes.GalleryNotFound)
        {
            return new ErasedSubject { Gallery = gallery };
        }
        catch (GalleryApiException exception)
        {
            return new ErasedSubject
            {
                Gallery = gallery,
                Failure = new ErrorBody
                {
                    Code = exception.Code, Message = exception.Detail, Retryable = exception.Retryable,
                },
            };
        }
    }

    private void Write(ErasedSubject erased)
    {
        if (erased.Failure is { } failure)
        {
            output.Error.WriteLine($"{erased.Gallery}: {failure.Message}");
        }
        else if (erased.Receipt is { } receipt && !output.IsJson)
        {
            output.WriteFields([("gallery", erased.Gallery), .. ErasureText.FieldsOf(receipt)]);
            output.WriteLine(string.Empty);
        }
    }

    private int Conclude(string subject, string operation, List<ErasedSubject> galleries)
    {
        int failed = galleries.Count(gallery => gallery.Failure is not null);
        string text = $"'{subject}' was erased from {galleries.Count(gallery => gallery.Receipt is not null)} of "
            + $"{galleries.Count} galleries";
        output.Error.WriteLine(failed == 0
            ? $"{text}; no other has such an identity."
            : $"{text}; {failed} failed: run it again with --operation {operation}.");
        return failed == 0 ? CommandLine.Done : CommandLine.Failed;
    }
}
