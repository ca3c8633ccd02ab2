using System.CommandLine;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery identity merge</c>: two identities become one.</summary>
internal sealed class IdentityMergeCommand()
    : OperationCommand("merge", "Make all images of an identity those of another one; the first one is gone then.")
{
    protected override Task<OperationResponse> SendAsync(
        GalleryClient client, ParseResult arguments, string gallery, string source, string target, string? operation,
        CancellationToken cancellationToken) =>
        client.MergeIdentityAsync(gallery, source, target, operation, cancellationToken);
}
