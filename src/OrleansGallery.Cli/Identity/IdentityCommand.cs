using System.CommandLine;

namespace OrleansGallery.Cli;

/// <summary><c>gallery identity</c>: operations over two identities.</summary>
internal sealed class IdentityCommand : Command
{
    public IdentityCommand()
        : base("identity", "Merge, split or rename identities, move images from one to another, and undo that.")
    {
        Add(new IdentityMergeCommand());
        Add(new IdentityMoveCommand());
        Add(new IdentitySplitCommand());
        Add(new IdentityProposeSplitCommand());
        Add(new IdentitySpellingsCommand());
        Add(new IdentityRenameCommand());
        Add(new IdentityUndoCommand());
    }
}
