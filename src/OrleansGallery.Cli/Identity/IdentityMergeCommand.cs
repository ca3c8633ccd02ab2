using System.CommandLine;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery identity merge</c>: two identities become one.</summary>
internal sealed class IdentityMergeCommand : OperationCommand
{
    private readonly Argument<string> _source = new("IDENTITY") { Description = "The identity that is gone then." };

    private readonly Argument<string> _target = new("TARGET") { Description = "The identity that gets its images." };

    public IdentityMergeCommand()
        : base("merge", "Make all images of an identity those of another one.")
    {
        Add(_source);
        Add(_target);
    }

    protected override Task<OperationResponse> SendAsync(
        GalleryClient client, ParseResult arguments, string gallery, string? operation,
        CancellationToken cancellationToken) => client.MergeIdentityAsync(
        gallery, arguments.GetRequiredValue(_source), arguments.GetRequiredValue(_target), operation,
        cancellationToken);
}
