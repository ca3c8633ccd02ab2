using System.CommandLine;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery identity move</c>: some images were another one's.</summary>
internal sealed class IdentityMoveCommand : OperationCommand
{
    private readonly Argument<string[]> _images = new("IMAGE")
    {
        Description = "The images to move, by id.",
        Arity = ArgumentArity.OneOrMore,
    };

    public IdentityMoveCommand()
        : base("move", "Move images of an identity to another one.") => Add(_images);

    protected override Task<OperationResponse> SendAsync(
        GalleryClient client, ParseResult arguments, string gallery, string source, string target, string? operation,
        CancellationToken cancellationToken) =>
        client.MoveImagesAsync(
            gallery, source, target, arguments.GetRequiredValue(_images), operation, cancellationToken);
}
