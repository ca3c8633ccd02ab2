using System.CommandLine;

namespace OrleansGallery.Cli;

/// <summary><c>gallery identity</c>: operations over two identities.</summary>
internal sealed class IdentityCommand : Command
{
    public IdentityCommand()
        : base("identity", "Merge two identities, or move images from one to another.")
    {
        Add(new IdentityMergeCommand());
        Add(new IdentityMoveCommand());
    }
}
