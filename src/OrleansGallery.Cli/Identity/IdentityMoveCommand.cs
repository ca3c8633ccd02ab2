using System.CommandLine;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery identity move</c>: some images were another one's.</summary>
internal sealed class IdentityMoveCommand : OperationCommand
{
    private readonly Argument<string> _source = new("IDENTITY") { Description = "The identity that has them." };

    private readonly Argument<string> _target = new("TARGET") { Description = "The identity that gets them." };

    private readonly Argument<string[]> _images = new("IMAGE")
    {
        Description = "The images to move, by id.",
        Arity = ArgumentArity.OneOrMore,
    };

    public IdentityMoveCommand()
        : base("move", "Move images of an identity to another one.")
    {
        Add(_source);
        Add(_target);
        Add(_images);
    }

    protected override Task<OperationResponse> SendAsync(
        GalleryClient client, ParseResult arguments, string gallery, string? operation,
        CancellationToken cancellationToken) => client.MoveImagesAsync(
        gallery, arguments.GetRequiredValue(_source), arguments.GetRequiredValue(_target),
        arguments.GetRequiredValue(_images), operation, cancellationToken);
}
