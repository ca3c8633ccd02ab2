using System.CommandLine;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery identity undo</c>: what an operation moved goes back.</summary>
internal sealed class IdentityUndoCommand : OperationCommand
{
    private readonly Argument<string> _undone = new("OPERATION")
    {
        Description = "The id of the operation to undo, from its receipt.",
    };

    public IdentityUndoCommand()
        : base("undo", "Undo a merge, a move, a split or a rename: what it moved goes back.") => Add(_undone);

    protected override Task<OperationResponse> SendAsync(
        GalleryClient client, ParseResult arguments, string gallery, string? operation,
        CancellationToken cancellationToken) => client.UndoOperationAsync(
        gallery, arguments.GetRequiredValue(_undone), operation, cancellationToken);
}
