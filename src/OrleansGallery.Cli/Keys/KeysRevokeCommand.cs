using System.CommandLine;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery keys revoke</c>.</summary>
internal sealed class KeysRevokeCommand : KeyCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "The key's id, as `gallery keys list` has it." };

    public KeysRevokeCommand(KeyPlace place)
        : base(place, "revoke", "Revoke a key for good; a few seconds later it is of no use anywhere.") => Add(_id);

    protected override async Task RunAsync(
        IKeyAccess keys, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        KeyResponse key = await keys.RevokeAsync(arguments.GetRequiredValue(_id), cancellationToken);
        if (output.IsJson)
        {
            output.WriteJson(key);
            return;
        }

        output.WriteLine($"The key {key.Id} '{key.Name}' is revoked since {KeyWords.Day(key.RevokedAt)} UTC.");
    }
}
