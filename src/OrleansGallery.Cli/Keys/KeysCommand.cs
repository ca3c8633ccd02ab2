using System.CommandLine;

namespace OrleansGallery.Cli;

/// <summary><c>gallery keys</c>: who may use a service that asks for keys.</summary>
internal sealed class KeysCommand : Command
{
    public KeysCommand()
        : base("keys", "Make, list and revoke keys, of a running service or, for the first one, in its store itself; "
            + "and see what your own may do.")
    {
        KeyPlace place = new();
        Add(new KeysCreateCommand(place));
        Add(new KeysListCommand(place));
        Add(new KeysRevokeCommand(place));
        Add(new KeysOwnCommand());
    }
}
