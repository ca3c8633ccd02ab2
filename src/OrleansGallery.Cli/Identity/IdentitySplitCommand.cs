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
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _from = new("--from")
    {
        Description = "A file of their ids instead, one a line, as 'propose-split --group smaller' prints them.",
        HelpName = "FILE",
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
        Add(_from);
        Add(_to);
        Validators.Add(result =>
        {
            if (result.GetValue(_images) is { Length: > 0 } == result.GetValue(_from) is not null)
            {
                result.AddError("Name the images that become a new identity, or a file of their ids with --from.");
            }
        });
    }

    protected override Task<OperationResponse> SendAsync(
        GalleryClient client, ParseResult arguments, string gallery, string? operation,
        CancellationToken cancellationToken) => client.SplitIdentityAsync(
        gallery, arguments.GetRequiredValue(_identity),
        arguments.GetValue(_from) is { } file ? InputFile.ReadLines(file) : arguments.GetRequiredValue(_images),
        arguments.GetValue(_to), operation, cancellationToken);
}
