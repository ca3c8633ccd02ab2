using System.CommandLine;
using System.Globalization;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery keys own</c>.</summary>
internal sealed class KeysOwnCommand : ClientCommand
{
    public KeysOwnCommand()
        : base("own", "Print what your own key may do in a running service.")
    {
    }

    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        OwnKeyResponse own = await client.GetOwnKeyAsync(cancellationToken);
        if (output.IsJson)
        {
            output.WriteJson(own);
        }
        else if (own.Key is { } key)
        {
            output.WriteFields(FieldsOf(key));
        }
        else
        {
            output.WriteLine("The service asks for no keys: everybody who reaches it may do everything.");
        }

        return CommandLine.Done;
    }

    private static IEnumerable<(string Name, string? Value)> FieldsOf(KeyResponse key) =>
    [
        ("id", key.Id),
        ("name", key.Name),
        ("role", KeyWords.Of(key.Role)),
        ("galleries", KeyWords.Galleries(key)),
        ("requests per second", Limit(key.RequestsPerSecond)),
        ("requests at once", Limit(key.MaxConcurrent)),
        ("made", KeyWords.Day(key.CreatedAt)),
        ("ends", KeyWords.Day(key.ExpiresAt)),
    ];

    private static string Limit(int? limit) =>
        limit?.ToString(CultureInfo.InvariantCulture) ?? "the service's setting";
}
