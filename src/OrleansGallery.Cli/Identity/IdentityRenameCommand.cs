using System.CommandLine;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery identity rename</c>: an identity gets another id.</summary>
internal sealed class IdentityRenameCommand : OperationCommand
{
    private readonly Argument<string> _identity = new("IDENTITY") { Description = "The identity." };

    private readonly Argument<string> _to = new("NEW") { Description = "Its new id, which no identity has." };

    public IdentityRenameCommand()
        : base("rename", "Give an identity another id.")
    {
        Add(_identity);
        Add(_to);
    }

    protected override Task<OperationResponse> SendAsync(
        GalleryClient client, ParseResult arguments, string gallery, string? operation,
        CancellationToken cancellationToken) => client.RenameIdentityAsync(
        gallery, arguments.GetRequiredValue(_identity), arguments.GetRequiredValue(_to), operation,
        cancellationToken);
}
