using System.CommandLine;

namespace OrleansGallery.Cli;

/// <summary><c>gallery observations</c>: what observed images became, and what they are to be.</summary>
internal sealed class ObservationsCommand : Command
{
    public ObservationsCommand()
        : base("observations", "List identities that come from observations, say whose they are, or undo one.")
    {
        Add(new ObservationsListCommand());
        Add(new ObservationsShowCommand());
        Add(new ObservationsResolveCommand());
        Add(new ObservationsUndoCommand());
    }
}
