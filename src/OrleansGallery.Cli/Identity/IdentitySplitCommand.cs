using System.CommandLine;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery identity split</c>: an identity was two.</summary>
internal sealed class IdentitySplitCommand : OperationCommand
{
    private readonly Argument<string> _identity = new("IDENTITY") { Description = "The identity; it keeps the rest." };

    private readonly Argument<string[]> _images = new("IMAGE")
    {
        Description = "The images that become a new identity, by id.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _to = new("--to")
    {
        Description = "The new identity's id, which no identity has. Default: one that begins with the old one's.",
        HelpName = "ID",
    };

    public IdentitySplitCommand()
        : base("split", "Make some images of an identity a new one; 'propose-split' says which may be meant.")
    {
        Add(_identity);
        Add(_images);
        Add(_to);
    }

    protected override Task<OperationResponse> SendAsync(
        GalleryClient client, ParseResult arguments, string gallery, string? operation,
        CancellationToken cancellationToken) => client.SplitIdentityAsync(
        gallery, arguments.GetRequiredValue(_identity), arguments.GetRequiredValue(_images),
        arguments.GetValue(_to), operation, cancellationToken);
}
