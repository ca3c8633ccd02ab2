using System.CommandLine;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery observations list</c>: identities that are not confirmed.</summary>
internal sealed class ObservationsListCommand : ClientCommand
{
    private const int PageSize = 1_000;

    private readonly Argument<string> _gallery = CommonOptions.Gallery();

    private readonly Option<bool> _parked = new("--parked")
    {
        Description = "Only what could not be decided. Default: provisional identities too.",
    };

    public ObservationsListCommand()
        : base("list", "List provisional identities, and what could not be decided with its candidates.")
    {
        Add(_gallery);
        Add(_parked);
    }

    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        IdentityState? state = arguments.GetValue(_parked) ? IdentityState.Ambiguous : null;
        List<ObservedIdentity> all = [];
        string? cursor = null;
        do
        {
            ObservedIdentityListResponse page = await client.ListObservedAsync(
                arguments.GetRequiredValue(_gallery), state, cursor, PageSize, cancellationToken);
            all.AddRange(page.Identities);
            cursor = page.Next;
        }
        while (cursor is not null);

        if (output.IsJson)
        {
            output.WriteJson(new ObservedIdentityListResponse { Identities = all });
            return CommandLine.Done;
        }

        output.WriteTable(
            ["observation", "identity", "state", "images", "seen", "may be"],
            all.Select(one => (IReadOnlyList<string>)
            [
                one.ObservationId ?? "-",
                one.Identity,
                ObservationText.Word(one.State),
                Figures.Count(one.Count),
                ObservationText.Of(one.SeenAt),
                one.SimilarTo ?? ObservationText.Of(one.Candidates),
            ]));
        return CommandLine.Done;
    }
}
