using System.CommandLine;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery keys list</c>.</summary>
internal sealed class KeysListCommand : KeyCommand
{
    private readonly Option<bool> _revoked = new("--revoked") { Description = "List those that were revoked as well." };

    public KeysListCommand(KeyPlace place)
        : base(place, "list", "List the keys, as they were made, without what is secret of them.") => Add(_revoked);

    protected override async Task RunAsync(
        IKeyAccess keys, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        IReadOnlyList<KeyResponse> list = await keys.ListAsync(arguments.GetValue(_revoked), cancellationToken);
        if (output.IsJson)
        {
            output.WriteJson(new KeyListResponse { Keys = list });
            return;
        }

        output.WriteTable(
            ["id", "name", "role", "galleries", "made", "ends", "revoked"],
            list.Select(key => (IReadOnlyList<string>)
            [
                key.Id,
                key.Name,
                KeyWords.Of(key.Role),
                KeyWords.Galleries(key),
                KeyWords.Day(key.CreatedAt),
                KeyWords.Day(key.ExpiresAt),
                KeyWords.Day(key.RevokedAt),
            ]));
    }
}
