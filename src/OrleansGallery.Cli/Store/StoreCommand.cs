using System.CommandLine;

namespace OrleansGallery.Cli;

/// <summary><c>gallery store</c>: the database of a cluster.</summary>
internal sealed class StoreCommand : Command
{
    public StoreCommand()
        : base("store", "Set up a cluster's PostgreSQL database, and say what is in it.")
    {
        DatabaseOption database = new();
        Add(new StoreInitCommand(database));
        Add(new StoreStatusCommand(database));
    }
}
